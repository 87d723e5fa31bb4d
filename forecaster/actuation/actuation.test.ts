import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAggregateMemory } from '../reactive/hpa/aggregate-sync.ts'
import { type Actuation, actuate, type WriterView, type Written } from './actuation.ts'

const STEP_SECONDS = 60
const HPA: Actuation = {
  kind: 'hpa',
  targetPercent: 70,
  guardPercent: 85,
  stabilizationSeconds: 300,
  ownMinReplicas: 1,
}
const VIEW = { existing: 10, capacityPerReplica: 10, maxReplicas: 40 }
/** Longer than the stabilization window and than any start. */
const LONG = 20

/** Replicas slot by slot under the same writing and demand, each slot's pods being what the last asked for. */
function play(
  actuation: Actuation,
  written: Written,
  demand: readonly number[],
  view: Partial<WriterView> = {},
): number[] {
  const memory = createAggregateMemory()
  let { existing } = { ...VIEW, ...view }
  return demand.map((newestSample, slot) => {
    const seen = { newestSample, slotStartSeconds: slot * STEP_SECONDS, stepSeconds: STEP_SECONDS }
    existing = actuate(actuation, memory, written, { ...VIEW, ...view, ...seen, existing })
    return existing
  })
}

function settled(written: Written, demand: number, actuation: Actuation = HPA): number | undefined {
  return play(actuation, written, new Array<number>(LONG).fill(demand)).at(-1)
}

const replicas = fc.integer({ min: 1, max: 60 })
const trusted = fc.boolean()
const demands = fc.array(fc.oneof(fc.nat({ max: 900 }), fc.constant(NaN)), {
  minLength: 1,
  maxLength: 20,
})

describe('Foresail alone', () => {
  it('writes its decision, whatever it sees', () => {
    fc.assert(
      fc.property(replicas, trusted, demands, (asked, trusting, demand) => {
        const made = play({ kind: 'scale' }, { replicas: asked, trusted: trusting }, demand)
        expect(made).toEqual(demand.map(() => asked))
      }),
    )
  })
})

describe('an HPA whose floor moves', () => {
  it.each([
    { name: "at the user's own target", trusted: false, guardPercent: 85, demand: 119, made: 17 },
    { name: 'at the guard while trusted', trusted: true, guardPercent: 85, demand: 119, made: 14 },
    { name: "never below the user's own", trusted: true, guardPercent: 50, demand: 119, made: 17 },
    { name: 'beneath its floor', trusted: false, guardPercent: 85, demand: 7, made: 5 },
    { name: 'out of bounds', trusted: false, guardPercent: 85, demand: 999, made: 40 },
  ])('$name: $made', ({ trusted: trusting, guardPercent, demand, made }) => {
    expect(settled({ replicas: 5, trusted: trusting }, demand, { ...HPA, guardPercent })).toBe(made)
  })

  it.each([
    { own: 8, asked: 5, made: 8 },
    { own: 8, asked: 12, made: 12 },
    { own: 99, asked: 12, made: 40 },
  ])('is never below the $own that the user set: $asked asked, $made', ({ own, asked, made }) => {
    const actuation = { ...HPA, ownMinReplicas: own }
    expect(settled({ replicas: asked, trusted: false }, 7, actuation)).toBe(made)
  })

  it('stays between the decision and the maximum', () => {
    fc.assert(
      fc.property(replicas, trusted, demands, replicas, (asked, trusting, demand, existing) => {
        const made = play(HPA, { replicas: asked, trusted: trusting }, demand, { existing })
        for (const each of made) {
          expect(each).toBeGreaterThanOrEqual(Math.min(asked, VIEW.maxReplicas))
          expect(each).toBeLessThanOrEqual(VIEW.maxReplicas)
        }
      }),
    )
  })

  it('changes nothing on a missing sample but what the bounds ask for', () => {
    fc.assert(
      fc.property(replicas, trusted, replicas, (asked, trusting, existing) => {
        const floor = Math.min(asked, VIEW.maxReplicas)
        const [made] = play(HPA, { replicas: asked, trusted: trusting }, [NaN], { existing })
        expect(made).toBe(Math.min(Math.max(existing, floor), VIEW.maxReplicas))
      }),
    )
  })
})
