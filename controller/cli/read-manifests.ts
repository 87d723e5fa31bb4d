import { readFileSync } from 'node:fs'

import { type Manifest, parseManifest } from '../api/parse.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import type { HpaManifest } from '../hpa/hpa-schema.ts'
import { holdsHpa, readHpaManifest } from '../hpa/read-manifest.ts'
import { EXIT, Failure } from './failure.ts'
import { refused } from './hpa-wanted.ts'

/** What a backtest reads of a file, and the name the user gave it: a scaler, an HPA, or both. */
export interface Manifests {
  file: string
  scaler: PredictiveScaler | null
  hpa: HpaManifest | null
}

/**
 * The one PredictiveScaler and the one HorizontalPodAutoscaler of a file; other documents are passed over.
 *
 * @throws Failure (input) where there is neither, or several of one, or something in them is wrong: a
 *   line each
 */
export function readManifests(file: string): Manifests {
  const text = textOf(file)
  const { scalers, problems } = parseManifest(text, file)
  const hpa = holdsHpa(text) ? readHpaManifest(text, file) : null
  const all = hpa === null || hpa.ok ? problems : [...problems, ...hpa.problems]
  if (all.length > 0) throw refused(all.toSorted((one, other) => one.line - other.line))
  const scaler = onlyScaler(scalers, file)
  if (scaler === null && hpa === null) {
    throw new Failure(
      `${file}: holds no PredictiveScaler and no HorizontalPodAutoscaler. Name the manifest that does`,
      EXIT.input,
    )
  }
  return { file, scaler, hpa: hpa?.ok === true ? hpa.hpa : null }
}

function onlyScaler(scalers: Manifest['scalers'], file: string): PredictiveScaler | null {
  if (scalers.length > 1) {
    const lines = scalers.map(({ line }) => line).join(', ')
    throw new Failure(
      `${file}: holds ${scalers.length} PredictiveScalers (lines ${lines}). Put the one to replay in a file of its own`,
      EXIT.input,
    )
  }
  return scalers[0]?.scaler ?? null
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
