import { describe, expect, it } from 'vitest'
import { hold, proceed } from '../decide/course.ts'
import type { Distribution } from '../distribution/distribution.ts'
import { pricePlan } from '../plans/price.ts'
import { currentNeed } from '../reactive/current-need.ts'
import { seededRandom } from '../series/seeded-random.ts'
import {
  choose,
  createSelection,
  decideVirtually,
  liveVirtually,
  type Selection,
} from './selection.ts'
import { createVirtualRun, liveSlot, type VirtualRun } from './virtual-run.ts'

const DAY = 96
const CAPACITY = 10
const LEAD_STEPS = 5
const BOUNDS = { minReplicas: 1, maxReplicas: 60 }

/** A logistic distribution, in replicas. */
function around(centre: number, scale: number): Distribution {
  return {
    exceed: (replicas) => 1 / (1 + Math.exp((replicas - centre) / scale)),
    quantile: (probability) => centre + scale * Math.log(probability / (1 - probability)),
  }
}

/** One slot's demand: a daily wave, and noise with tails. */
interface Slot {
  mean: number
  demand: number
}

/** A wave between 2 and 22 replicas a day, and noise that is logistic. */
function wave(days: number, seed: number): Slot[] {
  const random = seededRandom(seed)
  return Array.from({ length: days * DAY }, (_, slot) => {
    const mean = 12 + 10 * Math.sin((2 * Math.PI * slot) / DAY)
    const uniform = Math.min(1 - 1e-12, Math.max(1e-12, random()))
    const noise = 0.8 * Math.log(uniform / (1 - uniform))
    return { mean, demand: Math.max(0, CAPACITY * (mean + noise)) }
  })
}

/** How far the law's centre is off in a slot, in replicas. */
type Bias = (slot: number) => number

/** A workload of a selection and its own run, lived through slot by slot. */
interface Lived {
  selection: Selection
  own: VirtualRun
}

/** What came of one slot. */
interface Step {
  leads: 'forecast' | 'reaction'
  pays: boolean | null
  short: boolean
}

/** Lives through `slots` with a law that knows the noise and is off by `bias`; persistence knows less. */
function live({ selection, own }: Lived, slots: readonly Slot[], from: number, bias: Bias): Step[] {
  return slots.slice(from).map(({ demand }, i) => {
    const slot = from + i
    const valueBefore = slots[slot - 1]?.demand ?? NaN
    const closed = { step: slot, value: demand, valueBefore, ...BOUNDS }
    liveVirtually(selection, closed)
    liveSlot(own, selection.world, closed)
    const short = demand > (own.pods?.ready ?? NaN) * CAPACITY
    const now = slots[slot]?.mean ?? NaN
    const then = slots[slot + 1 + LEAD_STEPS]?.mean ?? now
    const law = around(then + bias(slot), 0.8)
    const persistence = around(now, 2)
    const fresh = !Number.isNaN(demand)
    const need = currentNeed(demand / CAPACITY)
    const ahead = { law, persistence, whole: true }
    decideVirtually(selection, { ahead, fresh, need, ...BOUNDS })
    if (slot % (DAY / 24) === 0) choose(selection, own)
    const { leads, pays, price } = selection.choice
    const followed = leads === 'forecast' ? law : persistence
    const predicted = hold(
      own.course,
      pricePlan(price)(followed, BOUNDS.maxReplicas).replicas,
      leads === 'forecast' ? 1 : undefined,
    )
    proceed(own.course, { predicted, reactive: need, fresh, ...BOUNDS })
    return { leads, pays, short }
  })
}

const bornTo = (violationShare: number): Lived => ({
  selection: createSelection({
    ...{ risk: { kind: 'budget', violationShare }, peakReplicas: 22, holdSteps: 1 },
    world: {
      ...{ actuation: { kind: 'scale' }, capacityPerReplica: CAPACITY, leadSteps: LEAD_STEPS },
      ...{ stepSeconds: 86_400 / DAY, stepsPerDay: DAY },
    },
  }),
  own: createVirtualRun(2),
})

/** Without the first days, in which little is known. */
const shareShort = (steps: readonly Step[]) => {
  const settled = steps.slice(10 * DAY)
  return settled.filter(({ short }) => short).length / settled.length
}

describe('a life with a selection', () => {
  it.each([
    { budget: 0.005, bias: 0 },
    { budget: 0.01, bias: 0 },
    { budget: 0.02, bias: 0 },
    { budget: 0.05, bias: 0 },
    { budget: 0.02, bias: -1 },
    { budget: 0.02, bias: 2 },
  ])(
    'is short as often as was asked in the long run: $budget, the forecast off by $bias',
    ({ budget, bias }) => {
      const steps = live(bornTo(budget), wave(90, 1), 0, () => bias)
      expect(Math.abs(shareShort(steps) / budget - 1)).toBeLessThan(0.1)
    },
  )

  it('says nothing on the first day', () => {
    for (const { leads, pays } of live(bornTo(0.02), wave(1, 2), 0, () => 9)) {
      expect({ leads, pays }).toEqual({ leads: 'forecast', pays: null })
    }
  })

  it('reacts while the forecast is far too high, and comes back when it has long been good', () => {
    const good = 15 * DAY
    const steps = live(bornTo(0.02), wave(120, 2), 0, (slot) => (slot < good ? 9 : 0))
    for (const { leads, pays } of steps.slice(2 * DAY, good)) {
      expect({ leads, pays }).toEqual({ leads: 'reaction', pays: false })
    }
    const atLast = steps.slice(90 * DAY)
    expect(new Set(atLast.map(({ leads }) => leads))).toEqual(new Set(['forecast']))
    // What is aimed at swings around the budget, and with it what a violation is worth.
    expect(atLast.filter(({ pays }) => pays).length / atLast.length).toBeGreaterThan(0.8)
    expect(Math.abs(shareShort(steps) / 0.02 - 1)).toBeLessThan(0.1)
  })

  it('goes on the same after it was cloned', () => {
    const slots = wave(6, 3)
    const one = bornTo(0.02)
    live(one, slots.slice(0, 4 * DAY), 0, () => 0)
    const other = structuredClone(one)
    const went = live(one, slots, 4 * DAY, () => 0)
    expect(live(other, slots, 4 * DAY, () => 0)).toEqual(went)
    expect(other).toEqual(one)
  })

  it('stops its clock in a gap: nothing is counted, and nothing chosen that was not due', () => {
    const gap = 10 * DAY
    const slots = wave(12, 4).map((slot, i) => (i < gap ? slot : { ...slot, demand: NaN }))
    const lived = bornTo(0.02)
    live(lived, slots.slice(0, gap), 0, () => 0)
    const before = structuredClone(lived)
    choose(before.selection, before.own)
    live(lived, slots, gap, () => 0)
    const tallies = ({ selection: { law, reactive }, own }: Lived) =>
      [...law, ...reactive, own].map(({ tally }) => tally)
    expect(tallies(lived)).toEqual(tallies(before))
    expect(lived.selection.choice).toEqual(before.selection.choice)
  })
})
