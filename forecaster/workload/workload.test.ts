import { describe, expect, it } from 'vitest'
import { quantilePlan } from '../plans/quantile.ts'
import { newestStep } from '../series/history.ts'
import { syntheticDemand } from '../series/synthetic-demand.ts'
import { plannedFor } from './day-plan.ts'
import { liveThrough } from './live-through.ts'
import {
  adopt,
  comingFit,
  computeFits,
  createWorkload,
  deliberate,
  dueFit,
  observe,
  type Surroundings,
  type Workload,
  type WorkloadSettings,
} from './workload.ts'

const DAY = 96
const PLAN = quantilePlan(0.9)
const HPA = { targetPercent: 70, guardPercent: 85, stabilizationSeconds: 300, ownMinReplicas: 1 }
const AROUND: Surroundings = {
  reactive: { kind: 'absent', why: 'LeftToHpa' },
  minReplicas: 1,
  maxReplicas: 60,
}

function born(offset = 0, change: Partial<WorkloadSettings> = {}): Workload {
  const firstStep = 20_000 * DAY + offset
  return createWorkload({
    stepSeconds: 900,
    firstStep,
    capacityPerReplica: 10,
    leadSteps: 2,
    holdSteps: 2,
    risk: { kind: 'quantile', probability: 0.9 },
    peakReplicas: 15,
    actuation: { kind: 'hpa', ...HPA },
    ...change,
  })
}

function lived(days: number, workload = born()): Workload {
  for (const sample of wave.subarray(0, days * DAY)) liveThrough(workload, sample, AROUND)
  return workload
}

const wave = syntheticDemand({
  days: 12,
  stepSeconds: 900,
  level: 100,
  swing: 50,
  noise: 6,
  seed: 1,
})

describe('dueFit', () => {
  it('is due half an hour after 00, 06, 12 and 18 h, once each', () => {
    const workload = born()
    const due: [hour: number, until: number][] = []
    for (const sample of wave.subarray(0, 3 * DAY)) {
      const until = dueFit(workload)
      if (until !== null) {
        // Asked before the slot is observed: in force at the decision that follows it.
        due.push([(newestStep(workload.outlook.history) + 2 - 20_000 * DAY) / 4, until])
        adopt(workload, { models: [], forest: null, failed: [], dayAhead: null }, until)
        expect(dueFit(workload)).toBeNull()
      }
      observe(workload, sample, AROUND)
    }
    expect(due.slice(0, 4).map(([hour]) => hour)).toEqual([6.5, 12.5, 18.5, 24.5])
    for (const [hour, until] of due) expect(until).toBe(20_000 * DAY + 4 * (hour - 0.5))
  })

  it('stays due until fits are adopted', () => {
    const workload = born()
    for (const sample of wave.subarray(0, DAY)) observe(workload, sample, AROUND)
    expect(dueFit(workload)).toBe(20_000 * DAY + 72)
  })
})

describe('comingFit', () => {
  it('is what becomes due half an hour later, as soon as its last slot is known', () => {
    const workload = born()
    const known: number[] = []
    const due: number[] = []
    for (const sample of wave.subarray(0, 3 * DAY)) {
      const until = dueFit(workload)
      if (until !== null) {
        due.push(until)
        adopt(workload, { models: [], forest: null, failed: [], dayAhead: null }, until)
      }
      observe(workload, sample, AROUND)
      const coming = comingFit(workload)
      if (coming === null || coming === known.at(-1)) continue
      known.push(coming)
      expect(newestStep(workload.outlook.history)).toBe(coming - 1)
    }
    // The newest is known and not due yet.
    expect(known.slice(0, -1)).toEqual(due)
  })
})

describe('computeFits', () => {
  it.each([0, 1, 5, 13, 20, 30, 40])(
    'gives the same fits at once and six hours later, for a history from slot %d of a day on',
    (offset) => {
      const workload = born(offset)
      let early: { until: number; fits: unknown } | null = null
      let compared = 0
      for (const [slot, sample] of wave.entries()) {
        observe(workload, sample, AROUND)
        const until = dueFit(workload)
        if (until !== null) {
          // The first old day drops out when the history is full, after day nine.
          if (slot > 9 * DAY) early = { until, fits: computeFits(workload, until) }
          adopt(workload, { models: [], forest: null, failed: [], dayAhead: null }, until)
        }
        const age = newestStep(workload.outlook.history) + 1 - (early?.until ?? Infinity)
        if (early !== null && age === 24) {
          compared++
          expect(computeFits(workload, early.until)).toEqual(early.fits)
        }
      }
      expect(compared).toBeGreaterThan(5)
    },
  )

  it('changes nothing in the workload', () => {
    const workload = lived(3)
    const before = structuredClone(workload)
    computeFits(workload, 20_000 * DAY + 3 * DAY)
    expect(workload).toEqual(before)
  })
})

describe('deliberate', () => {
  it('has no forecast before the first fit and half a day of errors, and always one after', () => {
    const workload = born()
    const forecast = Array.from(wave.subarray(0, 4 * DAY), (sample) => {
      return liveThrough(workload, sample, AROUND).demandAhead !== null
    })
    const first = forecast.indexOf(true)
    expect(first).toBeGreaterThanOrEqual(26 + DAY / 2)
    expect(first).toBeLessThan(1.5 * DAY)
    expect(forecast.slice(first)).not.toContain(false)
  })

  it('decides the slot after the newest sample', () => {
    const workload = lived(3)
    expect(deliberate(workload, AROUND).step).toBe(20_000 * DAY + 3 * DAY)
  })

  it('lowers nothing, and follows the day-ahead plan up, for later slots without samples', () => {
    const workload = lived(6)
    const newest = newestStep(workload.outlook.history)
    const replicas = Array.from({ length: DAY - 4 }, (_, i) => {
      const made = deliberate(workload, AROUND, newest + 2 + i)
      expect(made.demandAhead).toBeNull()
      return made.decision.replicas
    })
    expect(replicas).toEqual(replicas.toSorted((a, b) => a - b))
    expect(replicas.at(-1)).toBeGreaterThanOrEqual(14)
  })

  it('takes of the day-ahead plan what is needed a lead after the slot decided', () => {
    const workload = lived(6)
    const newest = newestStep(workload.outlook.history)
    for (let step = newest + 2; step < newest + DAY - 2; step++) {
      workload.own.course.standing = null
      const { decision } = deliberate(workload, AROUND, step)
      expect(decision.replicas).toBe(
        plannedFor(workload.dayAhead, step + 2, PLAN, AROUND.maxReplicas),
      )
    }
  })

  it('stands still once the day-ahead plan has expired, and says that no forecast is to be had', () => {
    const workload = lived(6)
    const { standing } = workload.own.course
    const { decision } = deliberate(
      workload,
      AROUND,
      newestStep(workload.outlook.history) + 2 * DAY,
    )
    expect(decision).toMatchObject({ replicas: standing, reason: 'HeldWithoutData' })
    expect(decision.absent).toContain('NoForecast')
  })

  it('is bounded by what the user says now', () => {
    const workload = lived(3)
    const bounded = (minReplicas: number, maxReplicas: number) =>
      deliberate(workload, { ...AROUND, minReplicas, maxReplicas }).decision
    expect(bounded(1, 4)).toMatchObject({ replicas: 4, reason: 'MaxReplicas' })
    expect(bounded(40, 60)).toMatchObject({ replicas: 40, reason: 'MinReplicas' })
  })
})

const BUDGET = { kind: 'budget', violationShare: 0.01 } as const

describe('observe', () => {
  it.each(['hpa', 'scale'] as const)(
    'carries out what stood before the slot was known, %s',
    (kind) => {
      const actuation = kind === 'hpa' ? { kind, ...HPA } : { kind }
      const workload = lived(4, born(0, { risk: BUDGET, actuation }))
      const [calm = [], burst = []] = [0, 1e4].map((demand) => {
        const clone = structuredClone(workload)
        observe(clone, demand, AROUND)
        return [clone.own, ...clone.selection.law, ...clone.selection.reactive]
      })
      expect(burst).toHaveLength(kind === 'hpa' ? 13 : 23)
      burst.forEach(({ pods, tally }, i) => {
        const other = calm[i]?.tally
        expect(pods).toEqual(calm[i]?.pods)
        expect(tally).toEqual({ ...other, violated: (other?.violated ?? NaN) + 1 })
      })
    },
  )
})
