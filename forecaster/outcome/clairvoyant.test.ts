import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { replay } from '../replay/replay.ts'
import { clairvoyantReplicaSteps } from './clairvoyant.ts'
import { outcomeOf } from './outcome.ts'

interface Known {
  need: readonly number[]
  leadSteps: number
  unscored?: readonly number[]
}

const MIN = 1

function bound({ need, leadSteps, unscored = [] }: Known): number {
  return clairvoyantReplicaSteps({
    demand: Float64Array.from(need),
    scored: Uint8Array.from(need, (_, slot) => (unscored.includes(slot) ? 0 : 1)),
    capacityPerReplica: 1,
    minReplicas: MIN,
    leadSteps,
  })
}

/** Violations and replica-steps of a plan carried out with real pods. */
function carriedOut(plan: readonly number[], start: number, { need, leadSteps }: Known) {
  const { ready, existing } = replay(
    {
      samples: Float64Array.from(need),
      firstSlot: 0,
      initialReplicas: start,
      minReplicas: MIN,
      maxReplicas: 1000,
      startUp: () => leadSteps,
    },
    ({ slot }) => plan[slot] ?? NaN,
  )
  const violatedAt = need.flatMap((replicas, slot) => ((ready[slot] ?? 0) < replicas ? [slot] : []))
  const { replicaHours } = outcomeOf({
    demand: Float64Array.from(need),
    scored: new Uint8Array(need.length).fill(1),
    ready,
    existing,
    capacityPerReplica: 1,
    initialReplicas: start,
    stepSeconds: 3600,
  })
  return { violatedAt, replicaSteps: replicaHours }
}

/** The plan of PROTOCOL §5 itself: each layer on where it is kept, or from a lead before each need. */
function clairvoyantPlan({ need, leadSteps }: Known): number[] {
  const plan = new Array<number>(need.length).fill(0)
  for (let layer = 1; layer <= Math.max(...need); layer++) {
    let before: number | null = null
    need.forEach((replicas, slot) => {
      if (replicas < layer) return
      const kept = before !== null && slot - before - 1 <= leadSteps
      const from = kept ? (before ?? 0) + 1 : Math.max(0, slot - leadSteps)
      for (let on = from; on <= slot; on++) plan[on] = (plan[on] ?? 0) + 1
      before = slot
    })
  }
  return plan
}

const repeat = (value: number, times: number) => new Array<number>(times).fill(value)

describe('clairvoyantReplicaSteps', () => {
  it.each([
    { gap: 1, extra: 1 },
    { gap: 2, extra: 2 },
    { gap: 3, extra: 3 },
    { gap: 4, extra: 3 },
    { gap: 9, extra: 3 },
  ])('between two needs $gap slots apart pays $extra: kept, or created again', ({ gap, extra }) => {
    const need = [...repeat(2, 4), ...repeat(1, gap), ...repeat(2, 4)]
    expect(bound({ need, leadSteps: 3 })).toBe(need.length + 8 + extra)
  })

  it('pays a lead before the first need, and none where the recording begins with it', () => {
    expect(bound({ need: [...repeat(1, 6), 3, 3], leadSteps: 3 })).toBe(8 + 2 * (3 + 2))
    expect(bound({ need: [1, 3, 3], leadSteps: 3 })).toBe(3 + 2 * (1 + 2))
    expect(bound({ need: [3, 3], leadSteps: 3 })).toBe(6)
  })

  it('pays nothing in slots that are not scored, whatever was offered there', () => {
    const need = [...repeat(2, 4), ...repeat(1, 5), ...repeat(2, 4)]
    expect(bound({ need, leadSteps: 3, unscored: [4, 5, 6, 7, 8] })).toBe(16)
    const wild = [...repeat(2, 4), ...repeat(900, 5), ...repeat(2, 4)]
    expect(bound({ need: wild, leadSteps: 3, unscored: [4, 5, 6, 7, 8] })).toBe(16)
  })

  it('pays the minimum where nothing is needed, and nothing for no slots', () => {
    expect(bound({ need: repeat(0, 5), leadSteps: 3 })).toBe(5)
    expect(bound({ need: [], leadSteps: 3 })).toBe(0)
  })

  it('forgives float noise', () => {
    expect(bound({ need: repeat(2 * (1 + 1e-12), 3), leadSteps: 0 })).toBe(6)
  })

  const needs = fc
    .array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 60 })
    .map((changes) => {
      let level = 3
      return changes.map((change) => (level = Math.max(MIN, level + change)))
    })
  const leads = fc.nat({ max: 5 })

  it('is reached: its own plan, carried out with pods, is never short and costs that', () => {
    fc.assert(
      fc.property(needs, leads, (need, leadSteps) => {
        const known = { need, leadSteps }
        const plan = clairvoyantPlan(known)
        const { violatedAt, replicaSteps } = carriedOut(plan, plan[0] ?? MIN, known)
        // Pods of the first slots come from before the recording.
        expect(violatedAt.filter((slot) => slot >= leadSteps)).toEqual([])
        expect(replicaSteps).toBeCloseTo(bound(known), 6)
      }),
      { numRuns: 200 },
    )
  })

  it('is never undercut by a policy that is never short', () => {
    const surplus = fc.array(fc.constantFrom(0, 0, 0, 1, 3), { minLength: 60, maxLength: 60 })
    fc.assert(
      fc.property(needs, leads, surplus, (need, leadSteps, more) => {
        const known = { need, leadSteps }
        // Whatever lies a lead ahead, now and then more: asked in time, so never short.
        const plan = need.map((_, slot) => {
          return Math.max(...need.slice(slot, slot + leadSteps + 1)) + (more[slot] ?? 0)
        })
        const { violatedAt, replicaSteps } = carriedOut(plan, plan[0] ?? MIN, known)
        expect(violatedAt).toEqual([])
        expect(replicaSteps).toBeGreaterThanOrEqual(bound(known) - 1e-6)
      }),
      { numRuns: 200 },
    )
  })

  it('rises with the lead, and without one is the need itself', () => {
    fc.assert(
      fc.property(needs, leads, (need, leadSteps) => {
        expect(bound({ need, leadSteps: 0 })).toBe(
          need.reduce((sum, replicas) => sum + replicas, 0),
        )
        expect(bound({ need, leadSteps: leadSteps + 1 })).toBeGreaterThanOrEqual(
          bound({ need, leadSteps }),
        )
      }),
    )
  })
})
