import { type Document, LineCounter, parseAllDocuments } from 'yaml'

import { type LocatedProblem, type Problem, problemsOf } from './problem.ts'
import { GROUP, KIND, type PredictiveScaler, predictiveScalerSchema } from './schema.ts'
import { wording } from './wording.ts'
import { lineOf } from './yaml-position.ts'

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
  const lines = new LineCounter()
  const options = { lineCounter: lines, prettyErrors: false, merge: true }
  const manifest: Manifest = { scalers: [], problems: [] }
  for (const document of parseAllDocuments(yamlText, options)) {
    const unreadable = document.errors[0]
    const object = unreadable === undefined ? toObject(document) : unreadable
    if (object instanceof Error) {
      const line = unreadable === undefined ? 1 : lines.linePos(unreadable.pos[0]).line
      const message = `is no valid YAML: ${object.message}`
      manifest.problems.push({ file: fileName, line, path: '', message })
      continue
    }
    if (!isOurs(object)) continue
    const checked = check(object)
    if (checked.ok) {
      manifest.scalers.push({ scaler: checked.scaler, line: lineOf(document, [], lines) })
      continue
    }
    const found = checked.problems.map(({ at, path, message }) => {
      return { file: fileName, line: lineOf(document, at, lines), path, message }
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

function toObject(document: Document): unknown {
  try {
    return document.toJS()
  } catch (error) {
    // Aliases that multiply without end.
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** A wrong version or a misspelt kind is still meant for Foresail, and said to be wrong. */
function isOurs(object: unknown): boolean {
  if (typeof object !== 'object' || object === null) return false
  const { kind, apiVersion } = object as { kind?: unknown; apiVersion?: unknown }
  return kind === KIND || (typeof apiVersion === 'string' && apiVersion.startsWith(`${GROUP}/`))
}
