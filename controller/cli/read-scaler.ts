import { readFileSync } from 'node:fs'

import { parseManifest } from '../api/parse.ts'
import { formatProblem } from '../api/problem.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import { EXIT, Failure } from './failure.ts'

/**
 * The one PredictiveScaler of a manifest; other documents in it are passed over.
 *
 * @throws Failure (input) where there is none, or several, or something in it is wrong: a line each
 */
export function readScaler(file: string): PredictiveScaler {
  const { scalers, problems } = parseManifest(textOf(file), file)
  if (problems.length > 0) {
    const lines = problems.map((problem) => `${file}:${problem.line}: ${formatProblem(problem)}`)
    throw new Failure(lines.join('\nerror: '), EXIT.input)
  }
  const [first, ...others] = scalers
  if (first === undefined) {
    throw new Failure(`${file}: holds no PredictiveScaler. Name the manifest that does`, EXIT.input)
  }
  if (others.length > 0) {
    const lines = scalers.map(({ line }) => line).join(', ')
    throw new Failure(
      `${file}: holds ${scalers.length} PredictiveScalers (lines ${lines}). Put the one to replay in a file of its own`,
      EXIT.input,
    )
  }
  return first.scaler
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new Failure(`${file}: ${READ_FAULTS[code] ?? `cannot be read (${code})`}`, EXIT.input)
  }
}

const READ_FAULTS: Record<string, string> = {
  ENOENT: 'no such file. Check the path',
  EISDIR: 'this is a directory. Name the manifest in it',
  EACCES: 'permission denied. Make the file readable for you',
}
