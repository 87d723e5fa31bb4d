import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { offeredLoad, replicasFor } from './offered-load.ts'

const DAY = 1440
const WARM_UP = 7 * DAY

/** Twelve days of minutes whose demand is their own number, with gaps `[from, length]`. */
function numbered(...gaps: [from: number, length: number][]) {
  const values = Float64Array.from({ length: 12 * DAY }, (_, slot) => slot)
  for (const [from, length] of gaps) values.fill(NaN, from, from + length)
  return values
}

function unscored(scored: Uint8Array): number[] {
  return Array.from(scored.keys()).filter((slot) => slot >= WARM_UP && scored[slot] !== 1)
}

describe('offeredLoad', () => {
  it('scores everything after the warm-up', () => {
    const { scored } = offeredLoad(numbered(), 60, WARM_UP)
    expect([scored[WARM_UP - 1], scored[WARM_UP]]).toEqual([0, 1])
    expect(unscored(scored)).toEqual([])
  })

  it('fills a gap of three slots on a straight line, and scores it', () => {
    const { demand, scored } = offeredLoad(numbered([11_000, 3], [12_000, 1]), 60, WARM_UP)
    expect(Array.from(demand.subarray(11_000, 11_003))).toEqual([11_000, 11_001, 11_002])
    expect(demand[12_000]).toBe(12_000)
    expect(unscored(scored)).toEqual([])
  })

  it('scores neither a gap of four slots nor the 30 minutes after it', () => {
    const { demand, scored } = offeredLoad(numbered([12_000, 4]), 60, WARM_UP)
    const out = unscored(scored)
    expect([out.length, out[0], out.at(-1)]).toEqual([34, 12_000, 12_033])
    expect(Array.from(demand.subarray(12_000, 12_005))).toEqual([0, 0, 0, 0, 12_004])
  })

  it.each([
    { stepSeconds: 60, settle: 30 },
    { stepSeconds: 300, settle: 6 },
    { stepSeconds: 420, settle: 5 },
  ])('settles for $settle slots of $stepSeconds s', ({ stepSeconds, settle }) => {
    const { scored } = offeredLoad(numbered([12_000, 4]), stepSeconds, WARM_UP)
    expect(unscored(scored)).toHaveLength(4 + settle)
  })

  it('fills nothing at either end: there is no line to draw', () => {
    const values = Float64Array.from([NaN, 5, 5, ...new Array<number>(60).fill(5), NaN])
    const { demand, scored } = offeredLoad(values, 900, 0)
    expect([demand[0], demand[63]]).toEqual([0, 0])
    expect(Array.from(scored.subarray(0, 5))).toEqual([0, 0, 0, 1, 1])
    expect(scored[63]).toBe(0)
  })

  it('takes up again when a second gap lies in the time after the first', () => {
    const { scored } = offeredLoad(numbered([12_000, 4], [12_010, 5]), 60, WARM_UP)
    expect(unscored(scored)).toEqual(Array.from({ length: 45 }, (_, i) => 12_000 + i))
  })

  it('counts demand below zero as zero, at the ends of a filled gap too', () => {
    const { demand } = offeredLoad(Float64Array.from([-4, NaN, 6]), 60, 0)
    expect(Array.from(demand)).toEqual([0, 3, 6])
  })

  it('changes no sample, leaves no NaN, and leaves the recording as it is', () => {
    const sample = fc.oneof(fc.nat(), fc.constant(NaN))
    fc.assert(
      fc.property(fc.array(sample), fc.nat({ max: 10 }), (samples, warmUp) => {
        const values = Float64Array.from(samples)
        const { demand, scored } = offeredLoad(values, 300, warmUp)
        expect(Array.from(values)).toEqual(samples)
        expect(demand.some(Number.isNaN)).toBe(false)
        samples.forEach((value, slot) => {
          if (!Number.isNaN(value)) expect(demand[slot]).toBe(value)
          if (slot < warmUp) expect(scored[slot]).toBe(0)
        })
      }),
    )
  })
})

describe('replicasFor', () => {
  it.each([
    { demand: 0, capacity: 1, replicas: 0 },
    { demand: 4, capacity: 1, replicas: 4 },
    { demand: 4 * (1 + 1e-12), capacity: 1, replicas: 4 },
    { demand: 4.001, capacity: 1, replicas: 5 },
    { demand: 0.1 + 0.2, capacity: 0.1, replicas: 3 },
    { demand: NaN, capacity: 1, replicas: NaN },
  ])('$demand at $capacity a replica: $replicas', ({ demand, capacity, replicas }) => {
    expect(replicasFor(demand, capacity)).toBe(replicas)
  })
})
