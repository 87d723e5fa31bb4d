import type { ManifestProblem } from '../api/parse.ts'
import { problemsOf } from '../api/problem.ts'
import { wording } from '../api/wording.ts'
import { yamlDocuments } from '../api/yaml-documents.ts'
import { type HpaManifest, hpaSchema } from './hpa-schema.ts'

/** An HPA from a file: whole and well, or all that is wrong with it. */
export type ReadHpa =
  | {
      ok: true
      hpa: HpaManifest
      /** As written, nulls left out: for changes that are to be checked like the rest. */
      object: Record<string, unknown>
    }
  | { ok: false; problems: ManifestProblem[] }

/**
 * The one HorizontalPodAutoscaler in a file of YAML documents; other objects are passed over.
 *
 * @param fileName only for the problems: nothing is read
 * @param leastMinReplicas 0 where the cluster has HPAScaleToZero
 */
export function readHpaManifest(
  yamlText: string,
  fileName: string,
  leastMinReplicas: 0 | 1 = 1,
): ReadHpa {
  const refuse = (message: string, line = 1): ReadHpa => {
    return { ok: false, problems: [{ file: fileName, line, path: '', message }] }
  }
  const found: { object: Record<string, unknown>; lineOf: (path: PropertyKey[]) => number }[] = []
  for (const document of yamlDocuments(yamlText)) {
    if (!document.ok) return refuse(document.message, document.line)
    if (isHpa(document.object)) found.push({ ...document, object: withoutNulls(document.object) })
  }
  const [only, second] = found
  if (only === undefined) return refuse('holds no HorizontalPodAutoscaler. Name the file that does')
  if (second !== undefined) {
    return refuse('is a second HorizontalPodAutoscaler: give them one by one', second.lineOf([]))
  }
  const checked = checkHpa(only.object, leastMinReplicas)
  if (checked.ok) return { ok: true, hpa: checked.hpa, object: only.object }
  const problems = checked.problems.map(({ at, path, message }) => {
    return { file: fileName, line: only.lineOf([...at]), path, message }
  })
  return { ok: false, problems: problems.sort((one, other) => one.line - other.line) }
}

/** Whether there is one to read; of a text that is no YAML nothing is said. */
export function holdsHpa(yamlText: string): boolean {
  const documents = yamlDocuments(yamlText)
  return documents.every(({ ok }) => ok) && documents.some((one) => one.ok && isHpa(one.object))
}

/** An object that is meant as an HPA, defaults filled in; or what is wrong, by field. */
export function checkHpa(object: unknown, leastMinReplicas: 0 | 1) {
  const schema = hpaSchema(leastMinReplicas)
  const parsed = schema.safeParse(object, { error: wording })
  return parsed.success
    ? ({ ok: true, hpa: parsed.data } as const)
    : ({ ok: false, problems: problemsOf(schema, parsed.error) } as const)
}

function isHpa(object: unknown): object is Record<string, unknown> {
  return (
    typeof object === 'object' &&
    object !== null &&
    'kind' in object &&
    object.kind === 'HorizontalPodAutoscaler'
  )
}

/** To the API server null is the same as nothing. */
export function withoutNulls<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutNulls) as Value
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, field]) => field !== null)
  return Object.fromEntries(
    kept.map(([key, field]) => [key, withoutNulls(field as unknown)]),
  ) as Value
}
