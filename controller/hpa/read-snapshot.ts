import type { ManifestProblem } from '../api/parse.ts'
import { type LocatedProblem, problemsOf } from '../api/problem.ts'
import { wording } from '../api/wording.ts'
import { yamlDocuments } from '../api/yaml-documents.ts'
import { type HpaManifest, metricsOf } from './hpa-schema.ts'
import { withoutNulls } from './read-manifest.ts'
import { type Seen, toMemory, toScale, toSettings } from './seen.ts'
import { toPod } from './seen-pod.ts'
import { nameOf, sampleOf } from './snapshot-samples.ts'
import { type Snapshot, snapshotSchema } from './snapshot-schema.ts'
import { toHpaSpec } from './to-hpa-spec.ts'

export type ReadSnapshot =
  | { ok: true; snapshot: Snapshot }
  | { ok: false; problems: ManifestProblem[] }

/**
 * A snapshot from JSON or YAML.
 *
 * @param fileName only for the problems: nothing is read
 */
export function readSnapshot(text: string, fileName: string): ReadSnapshot {
  const [document] = yamlDocuments(text)
  if (document === undefined || !document.ok) {
    const { message, line } = document ?? { message: 'is empty', line: 1 }
    return { ok: false, problems: [{ file: fileName, line, path: '', message }] }
  }
  const parsed = snapshotSchema.safeParse(withoutNulls(document.object), { error: wording })
  if (parsed.success) return { ok: true, snapshot: parsed.data }
  const located = ({ at, path, message }: LocatedProblem): ManifestProblem => {
    return { file: fileName, line: document.lineOf(at), path, message }
  }
  const problems = problemsOf(snapshotSchema, parsed.error).map(located)
  return { ok: false, problems: problems.sort((one, other) => one.line - other.line) }
}

/** What the HPA sees in the snapshot; or, by field of the snapshot, what it lacks for that. */
export function seenIn(
  snapshot: Snapshot,
  hpa: HpaManifest,
): { ok: true; seen: Seen } | { ok: false; problems: { path: string; message: string }[] } {
  const { metrics: specs } = toHpaSpec(hpa)
  const names = new Set(specs.map(nameOf))
  const strangers = Object.keys(snapshot.unavailable).filter((name) => !names.has(name))
  const problems = strangers.map((name) => {
    const message = `is no metric of the HPA; its metrics are ${[...names].join(', ')}`
    return { path: `unavailable.${name}`, message }
  })
  const samples = metricsOf(hpa).flatMap((metric, i) => {
    const spec = specs[i]
    if (spec === undefined) return []
    const read = sampleOf(metric, spec, snapshot, `spec.metrics[${i}] of the HPA`)
    if ('sample' in read) return [read.sample]
    problems.push(read.problem)
    return []
  })
  if (problems.length > 0) return { ok: false, problems }
  const seen: Seen = {
    nowSeconds: snapshot.now,
    scale: toScale(snapshot.scale),
    pods: snapshot.pods.map(toPod),
    ...{ samples, otherHpas: snapshot.otherHpas, memory: toMemory(snapshot) },
    memoryKnown: snapshot.recommendations !== undefined,
    settings: toSettings(snapshot),
  }
  return { ok: true, seen }
}
