import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Risk } from '../plans/plan.ts'
import { currentNeed } from '../reactive/current-need.ts'
import { seededRandom } from '../series/seeded-random.ts'
import { syntheticDemand } from '../series/synthetic-demand.ts'
import { liveThrough } from './live-through.ts'
import { createWorkload, type Workload } from './workload.ts'

const DAY = 96
const CAPACITY = 10
const BOUNDS = { minReplicas: 2, maxReplicas: 60 }
const RISKS: Risk[] = [
  { kind: 'price', violationPrice: 190 },
  { kind: 'budget', violationShare: 0.01 },
]

function bornWith(risk: Risk, capacityPerReplica = CAPACITY): Workload {
  const firstStep = 20_000 * DAY
  const settings = { stepSeconds: 900, firstStep, capacityPerReplica }
  return createWorkload({
    ...{ ...settings, leadSteps: 2, holdSteps: 2, risk, peakReplicas: 15 },
    actuation: { kind: 'scale' },
  })
}

function decisions(workload: Workload, samples: Iterable<number>) {
  return Array.from(samples, (sample) => {
    const around = { ...BOUNDS, reactive: currentNeed(sample / CAPACITY) }
    return liveThrough(workload, sample, around).decision
  })
}

function waveOf(seed: number, days = 6): Float64Array {
  return syntheticDemand({ days, stepSeconds: 900, level: 100, swing: 50, noise: 6, seed })
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}

/** The wave with gaps of random lengths in it. */
function holed(seed: number): Float64Array {
  const uniform = seededRandom(seed)
  const values = waveOf(seed)
  for (let gap = 0; gap < 12; gap++) {
    const from = Math.floor(uniform() * values.length)
    values.fill(NaN, from, from + 1 + Math.floor(uniform() ** 3 * 60))
  }
  return values
}

describe.each(RISKS)('a workload lived through at $kind', (risk) => {
  const born = () => bornWith(risk)

  it('decides the same the second time', () => {
    const samples = holed(1)
    const [once, again] = [born(), born()]
    expect(decisions(once, samples)).toEqual(decisions(again, samples))
    expect(once).toEqual(again)
  })

  it('looks ahead: above demand in the morning, below it in the evening', () => {
    const workload = born()
    const around = { ...BOUNDS, reactive: currentNeed(NaN) }
    const ahead = Array.from(waveOf(2), (sample) => {
      const { demandAhead } = liveThrough(workload, sample, around)
      return (demandAhead?.quantile(0.5) ?? NaN) - sample / CAPACITY
    }).slice(5 * DAY)
    expect(mean(ahead.slice(0, 12))).toBeGreaterThan(0.5)
    expect(mean(ahead.slice(40, 52))).toBeLessThan(-0.5)
  })

  it('decides up to a cut as if nothing followed it', () => {
    const samples = holed(3)
    const known = decisions(born(), samples)
    const cuts = fc.integer({ min: 2 * DAY, max: samples.length - 1 })
    fc.assert(
      fc.property(cuts, fc.constantFrom(0, 3, NaN), (cut, factor) => {
        const changed = samples.map((value, slot) => (slot < cut ? value : value * factor))
        expect(decisions(born(), changed).slice(0, cut)).toEqual(known.slice(0, cut))
        expect(decisions(born(), samples.subarray(0, cut))).toEqual(known.slice(0, cut))
      }),
      { numRuns: 5 },
    )
  })

  it('lowers nothing while samples are missing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const samples = holed(seed)
        const made = decisions(born(), samples)
        samples.forEach((sample, slot) => {
          if (!Number.isNaN(sample) || slot === 0) return
          const before = made[slot - 1]?.replicas ?? Infinity
          expect(made[slot]?.replicas).toBeGreaterThanOrEqual(before)
        })
      }),
      { numRuns: 10 },
    )
  })

  it('lowers again once samples are back', () => {
    const samples = waveOf(4)
    samples.fill(NaN, 4 * DAY + 30, 5 * DAY + 60)
    const made = decisions(born(), samples).map(({ replicas }) => replicas)
    expect(made[5 * DAY + 59]).toBeGreaterThanOrEqual(14)
    expect(made[5 * DAY + 64]).toBeLessThanOrEqual(9)
  })

  it('goes on the same after its state crossed to a worker and back', () => {
    const samples = holed(5)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: samples.length }), (cut) => {
        const workload = born()
        decisions(workload, samples.subarray(0, cut))
        const clone = structuredClone(workload)
        const rest = samples.subarray(cut)
        expect(decisions(clone, rest)).toEqual(decisions(workload, rest))
        expect(clone).toEqual(workload)
      }),
      { numRuns: 5 },
    )
  })

  it('keeps demand served where it can be foreseen', () => {
    const samples = waveOf(6, 9)
    const replicas = decisions(born(), samples).map((decision) => decision.replicas)
    let short = 0
    for (let slot = 4 * DAY; slot < samples.length; slot++) {
      // Asked for in the slot itself at the latest two slots ago: Ready now.
      const ready = Math.min(
        replicas[slot - 3] ?? 0,
        replicas[slot - 2] ?? 0,
        replicas[slot - 1] ?? 0,
      )
      if ((samples[slot] ?? 0) > ready * CAPACITY) short++
    }
    expect(short / (5 * DAY)).toBeLessThan(0.03)
  })

  it.each([
    { name: 'idle', samples: new Float64Array(4 * DAY), replicas: 2 },
    { name: 'never known', samples: new Float64Array(4 * DAY).fill(NaN), replicas: 2 },
    { name: 'constant', samples: new Float64Array(4 * DAY).fill(195), replicas: 20 },
  ])('a workload that is $name has $replicas replicas', ({ samples, replicas }) => {
    expect(decisions(born(), samples).at(-1)?.replicas).toBe(replicas)
  })

  it('decides alike in any unit', () => {
    const samples = holed(7).map((value) => Math.round(value))
    const known = decisions(born(), samples).map(({ replicas }) => replicas)
    for (const unit of [2 ** -20, 2 ** 30]) {
      const other = bornWith(risk, CAPACITY * unit)
      const made = Array.from(samples, (sample) => {
        const around = { ...BOUNDS, reactive: currentNeed(sample / CAPACITY) }
        return liveThrough(other, sample * unit, around).decision.replicas
      })
      expect(made).toEqual(known)
    }
  })
})
