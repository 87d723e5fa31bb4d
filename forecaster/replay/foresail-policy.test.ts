import { describe, expect, it } from 'vitest'
import { currentNeed } from '../reactive/current-need.ts'
import { syntheticDemand } from '../series/synthetic-demand.ts'
import { liveThrough } from '../workload/live-through.ts'
import { createWorkload } from '../workload/workload.ts'
import { foresailPolicy } from './foresail-policy.ts'

const DAY = 96
const BOUNDS = { minReplicas: 1, maxReplicas: 60 }
const samples = syntheticDemand({
  days: 4,
  stepSeconds: 900,
  level: 100,
  swing: 50,
  noise: 6,
  seed: 1,
})

function born() {
  const firstStep = 20_000 * DAY
  return createWorkload({
    stepSeconds: 900,
    firstStep,
    capacityPerReplica: 10,
    leadSteps: 2,
    holdSteps: 2,
    risk: { kind: 'price', violationPrice: 100 },
    peakReplicas: 15,
    actuation: { kind: 'scale' },
  })
}

function policyOf(
  onDeliberation?: (told: { step: number }) => void,
  limitsAt: (slot: number) => typeof BOUNDS = () => BOUNDS,
) {
  const policy = foresailPolicy({
    workload: born(),
    limitsAt,
    world: {
      series: { startSeconds: 20_000 * 86_400, stepSeconds: 900 },
      sizing: { capacityPerReplica: 10, ...BOUNDS },
    },
    samples,
    reactive: (sample) => currentNeed(sample / 10),
    ...(onDeliberation === undefined ? {} : { onDeliberation }),
  })
  // What a replay knows beside the slot is of no use to Foresail.
  return (slot: number) => policy({ slot, newestSample: NaN, existing: 0, ready: 0 })
}

describe('foresailPolicy', () => {
  it('lives through the samples before the first slot asked for, then slot by slot', () => {
    const workload = born()
    const expected = Array.from(samples, (sample) => {
      const around = { ...BOUNDS, reactive: currentNeed(sample / 10) }
      return liveThrough(workload, sample, around).decision.replicas
    })
    const policy = policyOf()
    for (let slot = 3 * DAY; slot <= 4 * DAY; slot++) expect(policy(slot)).toBe(expected[slot - 1])
  })

  it('decides each slot within the limits of that slot', () => {
    const window = (slot: number) => slot >= 3 * DAY + 4 && slot < 3 * DAY + 8
    const policy = policyOf(undefined, (slot) => ({
      ...BOUNDS,
      minReplicas: window(slot) ? 29 : 1,
    }))
    const decided = Array.from({ length: 12 }, (_, i) => policy(3 * DAY + i))
    expect(decided.map((replicas) => replicas >= 29)).toEqual(
      Array.from({ length: 12 }, (_, i) => i >= 4 && i < 8),
    )
  })

  it('tells each deliberation from the first slot asked for', () => {
    const told: number[] = []
    const policy = policyOf(({ step }) => told.push(step - 20_000 * DAY))
    for (const slot of [200, 201, 202]) policy(slot)
    expect(told).toEqual([200, 201, 202])
  })

  it('takes slots beyond the recording for gaps: what stands, stands', () => {
    const policy = policyOf()
    const last = policy(4 * DAY)
    expect(policy(4 * DAY + 1)).toBeGreaterThanOrEqual(last)
  })

  it('refuses a slot that was decided before', () => {
    const policy = policyOf()
    policy(200)
    expect(() => policy(200)).toThrow(
      new RangeError('slot 200 was decided before: ask slots in order'),
    )
  })
})
