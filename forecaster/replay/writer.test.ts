import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actuation } from '../actuation/actuation.ts'
import { hpaPolicy } from '../backtest/hpa-policy.ts'
import type { Deliberation } from '../workload/workload.ts'
import { type Moment, replay } from './replay.ts'
import { writer } from './writer.ts'

const HPA = { targetPercent: 70, guardPercent: 85, stabilizationSeconds: 300, ownMinReplicas: 1 }
const BENEATH: Actuation = { kind: 'hpa', ...HPA }
const world = {
  series: { startSeconds: 7_200, stepSeconds: 60 },
  sizing: { capacityPerReplica: 10, maxReplicas: 30 },
}
const samples = fc
  .array(fc.oneof(fc.nat({ max: 500 }), fc.constant(NaN)), {
    minLength: 2,
    maxLength: 60,
  })
  .map((values) => Float64Array.from(values))
const floors = fc.integer({ min: 1, max: 30 })

function deliberated(replicas: number, trusted: boolean): Deliberation {
  return {
    step: 0,
    demandAhead: null,
    planned: null,
    choice: { price: NaN, leads: 'forecast', pays: null },
    trusted,
    decision: { replicas, reason: 'Predicted', unbounded: replicas, absent: [] },
  }
}

/** Replicas through a recording when `write` carries out the same deliberation in every slot. */
function run(values: Float64Array, policy: (moment: Moment) => number): number[] {
  const lived = { samples: values, firstSlot: 1, initialReplicas: 2, startUp: () => 3 }
  return Array.from(replay({ ...lived, minReplicas: 1, maxReplicas: 30 }, policy).desired)
}

describe('who writes replicas through a replay', () => {
  it('writes the decision where Foresail scales alone', () => {
    const write = writer({ kind: 'scale' }, world)
    const moment = { slot: 5, newestSample: 400, existing: 9, ready: 9 }
    for (const replicas of [1, 12, 3]) {
      expect(write(deliberated(replicas, false), moment)).toBe(replicas)
    }
  })

  it.each([
    { name: 'untrusted', trusted: false, targetPercent: 70 },
    { name: 'trusted', trusted: true, targetPercent: 85 },
  ])('is the HPA alone over a floor that stands still, $name', ({ trusted, targetPercent }) => {
    fc.assert(
      fc.property(samples, floors, (values, minReplicas) => {
        const write = writer(BENEATH, world)
        const alone = hpaPolicy({
          ...world.series,
          ...world.sizing,
          ...{ targetPercent, stabilizationSeconds: 300, minReplicas },
        })
        const deliberation = deliberated(minReplicas, trusted)
        expect(run(values, (moment) => write(deliberation, moment))).toEqual(run(values, alone))
      }),
    )
  })

  it('never runs less than the decision of each slot', () => {
    const decisions = fc.array(fc.tuple(floors, fc.boolean()), { minLength: 60, maxLength: 60 })
    fc.assert(
      fc.property(samples, decisions, (values, made) => {
        const write = writer(BENEATH, world)
        const desired = run(values, (moment) => {
          const [replicas, trusted] = made[moment.slot - 1] ?? [NaN, false]
          return write(deliberated(replicas, trusted), moment)
        })
        desired.forEach((replicas, i) => {
          expect(replicas).toBeGreaterThanOrEqual(made[i]?.[0] ?? NaN)
        })
      }),
    )
  })

  it('remembers nothing of another replay', () => {
    const high = Float64Array.of(400, 400, 400, 400)
    const low = Float64Array.of(30, 30, 30, 30)
    const deliberation = deliberated(1, false)
    const replayed = (values: Float64Array) => {
      const write = writer(BENEATH, world)
      return run(values, (moment) => write(deliberation, moment))
    }
    const before = replayed(low)
    expect(replayed(high)).not.toEqual(before)
    expect(replayed(low)).toEqual(before)
  })
})
