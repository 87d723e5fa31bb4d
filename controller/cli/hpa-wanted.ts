import { readFileSync } from 'node:fs'

import type { ManifestProblem } from '../api/parse.ts'
import { formatProblem } from '../api/problem.ts'
import type { HpaManifest } from '../hpa/hpa-schema.ts'
import { checkHpa, readHpaManifest } from '../hpa/read-manifest.ts'
import { type Change, withChange } from '../hpa/what-if.ts'
import { EXIT, Failure } from './failure.ts'

/** The HPA, the same with what was asked to be otherwise, and the manifest they come from. */
export interface Wanted {
  hpa: HpaManifest
  changed: HpaManifest | null
}

/** @param least the least minReplicas that the cluster takes */
export function wantedFromFile(file: string, changes: readonly Change[], least: 0 | 1): Wanted {
  const read = readHpaManifest(textOf(file), file, least)
  if (!read.ok) throw refused(read.problems)
  return wantedOf(read.object, changes, least, file)
}

/** @param where what is blamed for a problem that no change made */
export function wantedOf(
  object: Record<string, unknown>,
  changes: readonly Change[],
  least: 0 | 1,
  where: string,
): Wanted {
  const hpa = checked(object, least, where)
  if (changes.length === 0) return { hpa, changed: null }
  let changed = object
  for (const one of changes) {
    const after = withChange(changed, one)
    if (typeof after === 'string') {
      throw new Failure(`--set ${one.field}=${one.value}: ${after}`, EXIT.usage)
    }
    changed = after
  }
  const asked = changes.map(({ field, value }) => `--set ${field}=${value}`).join(' ')
  return { hpa, changed: checked(changed, least, asked) }
}

function checked(object: Record<string, unknown>, least: 0 | 1, where: string): HpaManifest {
  const result = checkHpa(object, least)
  if (result.ok) return result.hpa
  const lines = result.problems.map((problem) => `${where}: ${formatProblem(problem)}`)
  throw new Failure(lines.join('\nerror: '), EXIT.input)
}

export function refused(problems: readonly ManifestProblem[]): Failure {
  const lines = problems.map(
    (problem) => `${problem.file}:${problem.line}: ${formatProblem(problem)}`,
  )
  return new Failure(lines.join('\nerror: '), EXIT.input)
}

export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Failure(`${file}: cannot be read (${why}). Check the path`, EXIT.input)
  }
}
