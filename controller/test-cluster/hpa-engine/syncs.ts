import { z } from 'zod'

import type { ApiObject, Asked, Glance, Recording } from './record.ts'

/** One sync of the real controller: what it saw, and its word afterwards. */
export interface SeenSync {
  atMs: number
  hpa: ApiObject
  /** Undefined where there is none. */
  scale: unknown
  pods: readonly ApiObject[]
  selectingHpas: readonly string[]
  answers: readonly Asked[]
  /** The status it left, as {@link statusOf} writes it. */
  after: string
}

/** Questions of one sync follow each other at once; the next sync is fifteen seconds away. */
const TOGETHER_MS = 4000
/** Until a status is surely written, and far from the next sync. */
const WRITTEN_MS = 5000

const statusSchema = z.object({
  desiredReplicas: z.int().default(0),
  conditions: z
    .array(z.object({ type: z.string(), status: z.string(), reason: z.string() }))
    .default([]),
})

/** Desired replicas and conditions with their reasons, in one line. */
export function statusOf(status: unknown): string {
  const { desiredReplicas, conditions } = statusSchema.parse(status)
  const told = conditions.map(({ type, status: is, reason }) => `${type}=${is} ${reason}`).sort()
  return [`desired ${desiredReplicas}`, ...told].join(', ')
}

/**
 * The syncs of one HPA. Those that asked for metrics are known to the millisecond; one that needed none
 * (out of its bounds, switched off, without its target) shows in a status that changed without a question.
 */
export function syncsOf(recording: Recording, namespace: string, name: string): SeenSync[] {
  const { glances } = recording
  const asking = groups(recording.asked.filter(({ hpa }) => hpa.metadata.name === name))
  const seen = glances.filter(({ hpas }) => hpas.has(name))
  const syncs: SeenSync[] = asking.flatMap((answers) => {
    const [first] = answers
    if (first === undefined) return []
    const later = seen.find(({ atMs }) => atMs >= first.atMs + WRITTEN_MS)
    const after = later && wordOf(later, name)
    if (after === undefined) return []
    const { atMs, hpa, scale, pods } = first
    return [{ atMs, hpa, scale, pods, answers, after, selectingHpas: [`${namespace}/${name}`] }]
  })
  for (const [i, glance] of seen.entries()) {
    const before = i === 0 ? undefined : seen[i - 1]
    const after = wordOf(glance, name)
    const hpa = glance.hpas.get(name)
    if (hpa === undefined || after === undefined) continue
    if (before !== undefined && versionOf(before, name) === versionOf(glance, name)) continue
    const asked = asking.some(([first]) => {
      return first !== undefined && Math.abs(glance.atMs - first.atMs) < WRITTEN_MS
    })
    if (asked) continue
    const { atMs } = before ?? glance
    const scale = scaleBefore(seen, i, hpa, after)
    const selectingHpas = rivalsIn(glance, hpa).map((rival) => `${namespace}/${rival}`)
    syncs.push({ atMs, hpa, scale, pods: [], answers: [], after, selectingHpas })
  }
  return syncs.sort((one, other) => one.atMs - other.atMs)
}

const scaleReplicas = z.object({ spec: z.object({ replicas: z.int() }) })

/**
 * The scale that a sync found whose status shows in glance `i`. The scale is written a moment before the
 * status: the glance before may show it already.
 */
function scaleBefore(seen: readonly Glance[], i: number, hpa: ApiObject, after: string): unknown {
  const target = targetOf(hpa)
  const [earlier, before] = [seen[i - 2], seen[i - 1] ?? seen[i]].map((one) => {
    return one?.scales.get(target)
  })
  if (earlier === undefined || before === undefined) return before
  const { replicas } = scaleReplicas.parse(before).spec
  const isWritten = after.startsWith(`desired ${replicas},`) && after.includes('SucceededRescale')
  return isWritten ? earlier : before
}

function groups(asked: readonly Asked[]): Asked[][] {
  const syncs: Asked[][] = []
  for (const one of asked.toSorted((a, b) => a.atMs - b.atMs)) {
    const last = syncs.at(-1)
    const [first] = last ?? []
    if (last && first && one.atMs - first.atMs < TOGETHER_MS) last.push(one)
    else syncs.push([one])
  }
  return syncs
}

/** Undefined until the controller has said anything. */
function wordOf(glance: Glance, name: string): string | undefined {
  const status = glance.hpas.get(name)?.['status']
  const { conditions } = statusSchema.parse(status ?? {})
  return conditions.length === 0 ? undefined : statusOf(status)
}

/** What only the controller writes. */
function versionOf({ hpas }: Glance, name: string): string {
  return JSON.stringify(hpas.get(name)?.['status'] ?? null)
}

const targetSchema = z.object({
  spec: z.object({ scaleTargetRef: z.object({ name: z.string() }) }),
})

function targetOf(hpa: ApiObject): string {
  return targetSchema.parse(hpa).spec.scaleTargetRef.name
}

function rivalsIn({ hpas }: Glance, hpa: ApiObject): string[] {
  const target = targetOf(hpa)
  return [...hpas].flatMap(([name, one]) => (targetOf(one) === target ? [name] : []))
}
