import { describe, expect, it } from 'vitest'
import type { Actuation } from '../actuation/actuation.ts'
import type { Risk } from '../plans/plan.ts'
import { pricePlan } from '../plans/price.ts'
import { currentNeed } from '../reactive/current-need.ts'
import { createTally } from '../selection/tally.ts'
import { newestStep } from '../series/history.ts'
import { syntheticDemand } from '../series/synthetic-demand.ts'
import { liveThrough } from './live-through.ts'
import { lookAhead } from './outlook.ts'
import {
  adopt,
  beginRecord,
  computeFits,
  createWorkload,
  deliberate,
  dueFit,
  observe,
  observeTogether,
  type Surroundings,
  type Workload,
} from './workload.ts'

const DAY = 96
const CAPACITY = 10
const SCALE: Actuation = { kind: 'scale' }
const HPA: Actuation = {
  kind: 'hpa',
  targetPercent: 70,
  guardPercent: 85,
  stabilizationSeconds: 300,
  ownMinReplicas: 1,
}
const PRICE: Risk = { kind: 'price', violationPrice: 40 }
const LIMITS = { minReplicas: 2, maxReplicas: 60 }
const LEFT_TO_HPA: Surroundings = { reactive: { kind: 'absent', why: 'LeftToHpa' }, ...LIMITS }
/** Nothing is needed now: what is decided is decided by what is foreseen. */
const CALM: Surroundings = { reactive: { kind: 'known', replicas: 0 }, ...LIMITS }

const shape = { days: 6, stepSeconds: 900, level: 100, swing: 50, noise: 6, seed: 1 }
const wave = syntheticDemand(shape)

function born(risk: Risk, actuation: Actuation, stepSeconds = 900): Workload {
  const firstStep = (20_000 * 86_400) / stepSeconds
  return createWorkload({
    ...{ stepSeconds, firstStep, capacityPerReplica: CAPACITY, leadSteps: 2 },
    ...{ holdSteps: 1, peakReplicas: 15, risk, actuation },
  })
}

function lived(days: number, actuation: Actuation): Workload {
  const workload = born(PRICE, actuation)
  for (const sample of wave.subarray(0, days * DAY)) {
    const alone = { reactive: currentNeed(sample / CAPACITY), ...LIMITS }
    liveThrough(workload, sample, actuation.kind === 'hpa' ? LEFT_TO_HPA : alone)
  }
  return workload
}

function leadBy(leads: 'forecast' | 'reaction', workload: Workload): Workload {
  workload.selection.choice = { price: 40, leads, pays: leads === 'forecast' }
  return workload
}

describe('where reacting is cheaper, above an HPA', () => {
  it("leaves it to the HPA: the user's own floor, the user's own target", () => {
    const workload = leadBy('reaction', lived(4, HPA))
    expect(workload.own.course.standing).toBeGreaterThan(LIMITS.minReplicas)
    const { decision, trusted, demandAhead, choice } = deliberate(workload, LEFT_TO_HPA)
    expect(decision).toMatchObject({ replicas: LIMITS.minReplicas, reason: 'MinReplicas' })
    expect(decision.absent).toEqual(['NotPredictable', 'LeftToHpa'])
    expect(trusted).toBe(false)
    expect(workload.own.trusted).toBe(false)
    // What is foreseen is told all the same.
    expect(demandAhead).not.toBeNull()
    expect(choice).toMatchObject({ leads: 'reaction', pays: false })
  })

  it('lowers nothing while samples are missing', () => {
    const workload = lived(4, HPA)
    const { standing } = workload.own.course
    observe(workload, NaN, LIMITS)
    leadBy('reaction', workload)
    expect(deliberate(workload, LEFT_TO_HPA).decision).toMatchObject({
      replicas: standing,
      reason: 'HeldWithoutData',
    })
    const later = newestStep(workload.outlook.history) + 5
    expect(deliberate(workload, LEFT_TO_HPA, later).decision.replicas).toBe(standing)
  })

  it('follows the forecast again at once where that leads', () => {
    const workload = lived(4, HPA)
    const foreseen = deliberate(structuredClone(workload), LEFT_TO_HPA)
    deliberate(leadBy('reaction', workload), LEFT_TO_HPA)
    const { decision, trusted } = deliberate(leadBy('forecast', workload), LEFT_TO_HPA)
    expect(decision).toEqual(foreseen.decision)
    expect(decision.reason).toBe('Predicted')
    expect(trusted).toBe(true)
  })
})

describe('where reacting is cheaper, alone', () => {
  it('plans on persistence, and holds it for half an hour', () => {
    const workload = leadBy('reaction', lived(4, SCALE))
    let before = 0
    for (const [i, sample] of wave.subarray(4 * DAY, 5 * DAY).entries()) {
      observe(workload, sample, LIMITS)
      leadBy('reaction', workload)
      const persistence = lookAhead(workload.outlook)?.persistence ?? null
      expect(persistence).not.toBeNull()
      if (persistence === null) continue
      const now = pricePlan(40)(persistence, LIMITS.maxReplicas)
      const { planned, decision, trusted } = deliberate(workload, CALM)
      expect(planned).toEqual(now)
      if (i > 0) expect(decision.replicas).toBe(Math.max(now.replicas, before))
      expect(trusted).toBe(false)
      before = now.replicas
    }
  })

  it('never runs less than demand needs now', () => {
    const workload = leadBy('reaction', lived(4, SCALE))
    const reactive = { kind: 'known', replicas: 33 } as const
    const { decision } = deliberate(workload, { ...LIMITS, reactive })
    expect(decision).toMatchObject({ replicas: 33, reason: 'Reactive' })
  })
})

describe('a forecast is trusted', () => {
  it.each([
    { name: 'while it leads, on a fresh sample', leads: 'forecast', ahead: 1, trusted: true },
    { name: 'not while reacting leads', leads: 'reaction', ahead: 1, trusted: false },
    { name: 'not while samples are late', leads: 'forecast', ahead: 2, trusted: false },
  ] as const)('$name', ({ leads, ahead, trusted }) => {
    const workload = leadBy(leads, lived(3, HPA))
    const step = newestStep(workload.outlook.history) + ahead
    expect(deliberate(workload, LEFT_TO_HPA, step).trusted).toBe(trusted)
    expect(workload.own.trusted).toBe(trusted)
  })

  it('not on a slot of which nothing is known, nor before there is one', () => {
    const workload = lived(3, HPA)
    observe(workload, NaN, LIMITS)
    expect(deliberate(workload, LEFT_TO_HPA).trusted).toBe(false)
    const young = born(PRICE, HPA)
    observe(young, 100, LIMITS)
    expect(deliberate(young, LEFT_TO_HPA).trusted).toBe(false)
  })
})

describe('a forecast that bridges a missing minute', () => {
  it('is planned on, and not trusted', () => {
    const workload = born(PRICE, HPA, 60)
    const minutes = syntheticDemand({ ...shape, days: 1.5, stepSeconds: 60 })
    for (const sample of minutes) liveThrough(workload, sample, LEFT_TO_HPA)
    expect(deliberate(workload, LEFT_TO_HPA).trusted).toBe(true)
    const { standing } = workload.own.course
    observe(workload, NaN, LIMITS)
    const { planned, trusted, decision } = deliberate(workload, LEFT_TO_HPA)
    expect(planned).not.toBeNull()
    expect(trusted).toBe(false)
    expect(decision.replicas).toBeGreaterThanOrEqual(standing ?? NaN)
  })
})

describe('beginRecord', () => {
  it('forgets what its own run came to, and nothing else', () => {
    const workload = lived(3, SCALE)
    const before = structuredClone(workload)
    expect(before.own.tally.slots).toBeGreaterThan(DAY)
    beginRecord(workload)
    expect(workload).toEqual({ ...before, own: { ...before.own, tally: createTally() } })
  })
})

describe('observeTogether', () => {
  it('is observing each alone, for workloads of one outlook', () => {
    const risks: Risk[] = [
      { kind: 'budget', violationShare: 0.02 },
      PRICE,
      { kind: 'quantile', probability: 0.9 },
    ]
    const alone = risks.map((risk) => born(risk, SCALE))
    const { outlook } = born(PRICE, SCALE)
    const together = risks.map((risk) => ({ ...born(risk, SCALE), outlook }))
    const [first] = together
    for (const sample of wave.subarray(0, 4 * DAY)) {
      const until = first === undefined ? null : dueFit(first)
      if (until !== null) {
        const fits = computeFits({ outlook }, until)
        for (const workload of together) adopt(workload, fits, until)
      }
      observeTogether(outlook, together, sample, LIMITS)
      const around = { reactive: currentNeed(sample / CAPACITY), ...LIMITS }
      const decided = together.map((workload) => deliberate(workload, around).decision)
      expect(decided).toEqual(alone.map((one) => liveThrough(one, sample, around).decision))
    }
    for (const [i, one] of alone.entries()) {
      expect(together[i]?.selection).toEqual(one.selection)
      expect(together[i]?.own).toEqual(one.own)
    }
  })
})
