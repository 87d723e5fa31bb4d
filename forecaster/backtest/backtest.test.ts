import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Risk } from '../plans/plan.ts'
import type { Series } from '../series/series.ts'
import { syntheticDemand } from '../series/synthetic-demand.ts'
import { sizing } from './assumptions.ts'
import {
  type BacktestSettings,
  backtest,
  hoursAtEqualViolations,
  type OnProgress,
  POLICIES,
  type PolicyName,
  type PolicyResult,
} from './backtest.ts'
import { HPA_SWEEP } from './hpa-policy.ts'
import { createWorld } from './world.ts'
import { YESTERDAY_SWEEP } from './yesterday-policy.ts'

const DAY = 96
const WARM_UP = 7 * DAY
const LEAD = 2
const BUDGET: Risk = { kind: 'budget', violationShare: 0.01 }
const SETTINGS: BacktestSettings = {
  policies: POLICIES,
  risk: BUDGET,
  holdSteps: 2,
  hpa: { targetPercent: 70, stabilizationSeconds: 300 },
  actuation: { kind: 'scale' },
}

/** Falls first, so that no policy is judged by how it starts. */
const wave = syntheticDemand({
  days: 9,
  stepSeconds: 900,
  level: 100,
  swing: -50,
  noise: 4,
  seed: 1,
})

function run(
  values: Float64Array,
  change: Partial<BacktestSettings> = {},
  onProgress?: OnProgress,
): PolicyResult[] {
  const series: Series = { startSeconds: 20_000 * 86_400, stepSeconds: 900, values }
  const stated = { capacityPerReplica: null, peakReplicas: null, minReplicas: 1, maxReplicas: null }
  const size = sizing(series, WARM_UP, stated)
  if (size === null) throw new Error('the wave has demand')
  const world = createWorld(series, size, WARM_UP, LEAD)
  return backtest(world, { ...SETTINGS, ...change }, onProgress)
}

/** Whole demand, so that it is often just what some replicas carry. */
const wholeDemand = wave.map(Math.round)

/** What Foresail alone runs over a recording, with a capacity that was stated. */
function desiredAt(values: Float64Array, capacityPerReplica: number): number[] {
  const series: Series = { startSeconds: 20_000 * 86_400, stepSeconds: 900, values }
  const stated = { capacityPerReplica, peakReplicas: null, minReplicas: 1, maxReplicas: 200 }
  const size = sizing(series, WARM_UP, stated)
  if (size === null) throw new Error('the wave has demand')
  const world = createWorld(series, size, WARM_UP, LEAD)
  const [foresail] = backtest(world, { ...SETTINGS, policies: ['foresail'] })
  return foresail !== undefined && 'run' in foresail ? [...foresail.run.desired] : []
}

/** The first result of that policy. */
function of<Name extends PolicyName>(results: readonly PolicyResult[], name: Name) {
  type Wanted = Extract<PolicyResult, { policy: Name }>
  const found = results.find((result): result is Wanted => result.policy === name)
  if (found === undefined) throw new Error(`${name} was not run`)
  return found
}

/** The policy alone. */
function alone<Name extends PolicyName>(name: Name, values = wave) {
  return of(run(values, { policies: [name] }), name)
}

const whole = run(wave)

describe('backtest', () => {
  it('gives every policy, in the order of POLICIES, the static one in three sizes', () => {
    expect(whole.map(({ policy }) => policy)).toEqual([
      'foresail',
      'hpa',
      'hpa-best',
      'static',
      'static',
      'static',
      'yesterday',
      'clairvoyant',
    ])
  })

  it('computes what was asked for and nothing else, each the same alone as beside the others', () => {
    fc.assert(
      fc.property(
        fc.subarray<PolicyName>(['hpa', 'static', 'yesterday', 'clairvoyant']),
        (policies) => {
          const expected = whole.filter(({ policy }) => (policies as string[]).includes(policy))
          expect(run(wave, { policies })).toEqual(expected)
        },
      ),
      { numRuns: 8 },
    )
    expect(run(wave, { policies: ['foresail'] })).toEqual([of(whole, 'foresail')])
  })

  it.each([3, 7, 50])(
    'decides of demand as of the same in replicas, as the controller has it: capacity %d',
    (capacity) => {
      const inReplicas = wholeDemand.map((demand) => demand / capacity)
      expect(desiredAt(wholeDemand, capacity)).toEqual(desiredAt(inReplicas, 1))
    },
  )

  it('tells how far it has come, policy by policy, and the same comes out', () => {
    const told = new Map<PolicyName, number[]>()
    const onProgress = (policy: PolicyName, share: number) => {
      told.set(policy, [...(told.get(policy) ?? []), share])
    }
    const policies = ['foresail', 'hpa-best', 'yesterday'] as const
    expect(run(wave, { policies }, onProgress)).toEqual(
      whole.filter(({ policy }) => (policies as readonly string[]).includes(policy)),
    )
    expect([...told.keys()]).toEqual(policies)
    for (const shares of told.values()) {
      expect(shares[0]).toBe(0)
      expect(shares).toEqual(shares.toSorted((a, b) => a - b))
      expect(shares.at(-1)).toBeGreaterThan(0.95)
      expect(shares.at(-1)).toBeLessThan(1)
    }
  })

  it('knows nothing of what follows: a recording cut short gives the same up to there', () => {
    const cut = 8 * DAY + 17
    const known = wave.subarray(0, cut)
    const tripled = wave.map((value, slot) => (slot < cut ? value : 3 * value))
    for (const name of ['foresail', 'hpa', 'yesterday'] as const) {
      const { desired } = of(whole, name).run
      const slots = cut - WARM_UP
      expect(alone(name, known).run.desired).toEqual(desired.slice(0, slots))
      const other = alone(name, tripled).run.desired
      expect(other.slice(0, slots + 1)).toEqual(desired.slice(0, slots + 1))
    }
  })

  it('has no policy below the clairvoyant that is never short', () => {
    const { replicaHours } = of(whole, 'clairvoyant')
    for (const result of whole) {
      if (result.policy === 'clairvoyant' || result.outcome.violatedSteps > 0) continue
      expect(result.outcome.replicaHours).toBeGreaterThanOrEqual(replicaHours)
    }
  })

  it('has fixed sizes for the largest need of the warm-up, its 99th percentile, and its usual hours', () => {
    const fixed = whole.filter((result) => result.policy === 'static')
    expect(fixed.map(({ size }) => size)).toEqual(['peak', 'p99', 'usual'])
    const [peak, p99, usual] = fixed
    expect(p99?.replicas).toBeLessThanOrEqual(peak?.replicas ?? 0)
    expect(p99?.replicas).toBeGreaterThan(usual?.replicas ?? Infinity)
    expect(peak?.outcome.violationPercent).toBeLessThan(1)
    expect(peak?.outcome.scaleEventsPerDay).toBe(0)
    expect(usual?.replicas).toBeLessThan(peak?.replicas ?? 0)
    expect(usual?.outcome.violationPercent).toBeGreaterThan(30)
  })

  it('is short about as often as asked for, or less', () => {
    const shares = [0.1, 0.01].map((violationShare) => {
      const risk: Risk = { kind: 'budget', violationShare }
      return of(run(wave, { policies: ['foresail'], risk }), 'foresail').outcome
    })
    const [lax, strict] = shares
    expect(strict?.violationPercent).toBeLessThan(2.5)
    expect(strict?.violationPercent).toBeLessThanOrEqual(lax?.violationPercent ?? 0)
    expect(strict?.replicaHours).toBeGreaterThan(lax?.replicaHours ?? Infinity)
  })
})

describe('the forecast of a backtest', () => {
  const { band, coverage } = of(whole, 'foresail')

  it('stands under the slot it is for: demand lies within its quantiles as often as they say', () => {
    for (const { asked, within, counted } of coverage) {
      expect(counted).toBe(2 * DAY - LEAD)
      expect(within / counted).toBeGreaterThan(asked - 0.12)
      expect(within / counted).toBeLessThan(asked + 0.12)
    }
    expect(band.median.findIndex((value) => !Number.isNaN(value))).toBe(LEAD)
    expect(band.high.every((value, slot) => slot < LEAD || value >= (band.median[slot] ?? 0))).toBe(
      true,
    )
  })
})

describe('hpa-best', () => {
  const best = of(whole, 'hpa-best')
  const sweep = HPA_SWEEP.map((hpa) => of(run(wave, { policies: ['hpa'], hpa }), 'hpa').outcome)

  it('is the cheapest HPA that is short no more often than Foresail', () => {
    const { violationPercent } = of(whole, 'foresail').outcome
    const reaching = sweep.filter((hpa) => hpa.violationPercent <= violationPercent)
    expect(best.reached).toBe(true)
    expect(reaching.length).toBeGreaterThan(0)
    expect(best.outcome.violationPercent).toBeLessThanOrEqual(violationPercent)
    expect(best.outcome.replicaHours).toBe(Math.min(...reaching.map((hpa) => hpa.replicaHours)))
    expect(best.sweep).toHaveLength(HPA_SWEEP.length)
  })

  it('is measured at 1 % where Foresail does not run', () => {
    const reaching = sweep.filter((hpa) => hpa.violationPercent <= 1)
    const { outcome } = alone('hpa-best')
    expect(outcome.replicaHours).toBe(Math.min(...reaching.map((hpa) => hpa.replicaHours)))
  })

  it('is the HPA that is short least often where none is seldom enough, and says so', () => {
    const launch = wave.map((value, slot) => (slot % 12 === 0 ? 20 * value : value))
    const worst = alone('hpa-best', launch)
    const least = Math.min(...worst.sweep.map((hpa) => hpa.violationPercent))
    expect(least).toBeGreaterThan(1)
    expect(worst.reached).toBe(false)
    expect(worst.outcome.violationPercent).toBe(least)
  })

  it('costs, at the violations of Foresail, what its settings interpolate to', () => {
    const hours = hoursAtEqualViolations(whole, 'hpa-best') ?? NaN
    expect(hours).toBeLessThanOrEqual(best.outcome.replicaHours)
    expect(hours).toBeGreaterThan(0.5 * best.outcome.replicaHours)
    expect(hoursAtEqualViolations(whole.slice(0, 2), 'hpa-best')).toBeNull()
    expect(hoursAtEqualViolations(whole.slice(1), 'hpa-best')).toBeNull()
  })
})

describe('yesterday', () => {
  const ran = of(whole, 'yesterday')

  it('costs no less than the HPA beneath, and most with the largest margin', () => {
    for (const targetPercent of [70, 80, 90, 100]) {
      const hpa = { targetPercent, stabilizationSeconds: 300 }
      const beneath = of(run(wave, { policies: ['hpa'], hpa }), 'hpa').outcome.replicaHours
      const hours = ran.sweep
        .filter((_, i) => YESTERDAY_SWEEP[i]?.targetPercent === targetPercent)
        .map(({ replicaHours }) => replicaHours)
      expect(Math.min(...hours)).toBeGreaterThanOrEqual(beneath)
      expect(hours.at(-1)).toBe(Math.max(...hours))
    }
    expect(ran.sweep).toContainEqual(ran.outcome)
  })

  it('is ahead of a rise that the HPA beneath meets too late', () => {
    const steep = wave.map((value, slot) => (slot % DAY > 40 && slot % DAY < 60 ? 400 : value))
    const [hpa, yesterday] = run(steep, { policies: ['hpa', 'yesterday'] })
    const short = [hpa, yesterday].map((result) =>
      result !== undefined && 'outcome' in result ? result.outcome.violatedSteps : NaN,
    )
    expect(short).toEqual([expect.toSatisfy((steps: number) => steps >= 2 * LEAD), 0])
  })

  it('counts the slots in which yesterday is a gap', () => {
    expect(ran.gapSlots).toBe(0)
    const holed = wave.map((value, slot) => (slot >= 7 * DAY && slot < 7 * DAY + 9 ? NaN : value))
    expect(alone('yesterday', holed).gapSlots).toBe(9 - LEAD)
  })

  it('costs, at the violations of Foresail, what its settings interpolate to', () => {
    const hours = hoursAtEqualViolations(whole, 'yesterday')
    const [most] = ran.sweep.toSorted((a, b) => b.replicaHours - a.replicaHours)
    expect(hours).toBeLessThanOrEqual(most?.replicaHours ?? 0)
  })
})
