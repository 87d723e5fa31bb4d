import { type LocatedProblem, type Problem, problemsOf } from './problem.ts'
import { GROUP, KIND, type PredictiveScaler, predictiveScalerSchema } from './schema.ts'
import { wording } from './wording.ts'
import { yamlDocuments } from './yaml-documents.ts'

export type ParsedScaler =
  | { ok: true; scaler: PredictiveScaler }
  | { ok: false; problems: Problem[] }

export interface ManifestProblem extends Problem {
  file: string
  /** Counted from 1. */
  line: number
}

/** What a file holds: every scaler that is well, and everything that is wrong. */
export interface Manifest {
  scalers: { scaler: PredictiveScaler; line: number }[]
  problems: ManifestProblem[]
}

/** Checks an object and fills in the defaults, as the API server does. Never throws. */
export function parseScaler(object: unknown): ParsedScaler {
  const checked = check(object)
  if (checked.ok) return checked
  return { ok: false, problems: checked.problems.map(({ path, message }) => ({ path, message })) }
}

/**
 * Checks every PredictiveScaler in a file of YAML documents; other objects are passed over.
 *
 * @param fileName only for the problems: nothing is read
 */
export function parseManifest(yamlText: string, fileName: string): Manifest {
  const manifest: Manifest = { scalers: [], problems: [] }
  for (const document of yamlDocuments(yamlText)) {
    if (!document.ok) {
      const { line, message } = document
      manifest.problems.push({ file: fileName, line, path: '', message })
      continue
    }
    const { object, lineOf } = document
    if (!isOurs(object)) continue
    const checked = check(object)
    if (checked.ok) {
      manifest.scalers.push({ scaler: checked.scaler, line: lineOf([]) })
      continue
    }
    const found = checked.problems.map(({ at, path, message }) => {
      return { file: fileName, line: lineOf(at), path, message }
    })
    manifest.problems.push(...found.sort((one, other) => one.line - other.line))
  }
  return manifest
}

function check(
  object: unknown,
): { ok: true; scaler: PredictiveScaler } | { ok: false; problems: LocatedProblem[] } {
  const parsed = predictiveScalerSchema.safeParse(object, { error: wording })
  if (parsed.success) return { ok: true, scaler: parsed.data }
  return { ok: false, problems: problemsOf(predictiveScalerSchema, parsed.error) }
}

/** A wrong version or a misspelt kind is still meant for Foresail, and said to be wrong. */
function isOurs(object: unknown): boolean {
  if (typeof object !== 'object' || object === null) return false
  const { kind, apiVersion } = object as { kind?: unknown; apiVersion?: unknown }
  return kind === KIND || (typeof apiVersion === 'string' && apiVersion.startsWith(`${GROUP}/`))
}
