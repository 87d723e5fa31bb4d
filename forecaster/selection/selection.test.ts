import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actuation } from '../actuation/actuation.ts'
import { createCourse, hold, proceed } from '../decide/course.ts'
import type { Distribution } from '../distribution/distribution.ts'
import type { Risk } from '../plans/plan.ts'
import { pricePlan } from '../plans/price.ts'
import { priceOfBudget } from '../plans/risk.ts'
import { currentNeed } from '../reactive/current-need.ts'
import {
  choose,
  createSelection,
  decideVirtually,
  type Selection,
  type VirtualView,
} from './selection.ts'
import type { Tally } from './tally.ts'
import { createVirtualRun, type VirtualRun } from './virtual-run.ts'

const DAY = 96
const CAPACITY = 10
const LEAD_STEPS = 2
const PEAK = 20
const BOUNDS = { minReplicas: 1, maxReplicas: 60 }
const SCALE: Actuation = { kind: 'scale' }
const HPA: Actuation = {
  kind: 'hpa',
  targetPercent: 70,
  guardPercent: 90,
  stabilizationSeconds: 300,
  ownMinReplicas: 1,
}
const budgetOf = (violationShare: number): Risk => ({ kind: 'budget', violationShare })
const PRICE: Risk = { kind: 'price', violationPrice: 50 }
const QUANTILE: Risk = { kind: 'quantile', probability: 0.9 }

function selectionOf(risk: Risk, actuation: Actuation = SCALE, holdSteps = 1): Selection {
  return createSelection({
    ...{ risk, peakReplicas: PEAK, holdSteps },
    world: {
      ...{ actuation, capacityPerReplica: CAPACITY, leadSteps: LEAD_STEPS },
      ...{ stepSeconds: 86_400 / DAY, stepsPerDay: DAY },
    },
  })
}

/** A logistic distribution, in replicas. */
function around(centre: number, scale: number): Distribution {
  return {
    exceed: (replicas) => 1 / (1 + Math.exp((replicas - centre) / scale)),
    quantile: (probability) => centre + scale * Math.log(probability / (1 - probability)),
  }
}

describe('createSelection', () => {
  it.each<[name: string, Risk, Actuation, law: number, reactive: number]>([
    ['a budget, alone', budgetOf(0.01), SCALE, 11, 11],
    ['a budget, above an HPA', budgetOf(0.01), HPA, 11, 1],
    ['a price, alone', PRICE, SCALE, 1, 1],
    ['a price, above an HPA', PRICE, HPA, 1, 1],
    ['a quantile, alone', QUANTILE, SCALE, 0, 0],
    ['a quantile, above an HPA', QUANTILE, HPA, 0, 0],
  ])('runs one law a price, and what reacts beside it: %s', (_, risk, actuation, law, reactive) => {
    const made = selectionOf(risk, actuation)
    expect([made.prices.length, made.law.length, made.reactive.length]).toEqual([
      law,
      law,
      reactive,
    ])
  })

  it.each([
    { name: 'the rule of thumb', risk: budgetOf(0.02), price: priceOfBudget(0.02, PEAK) },
    { name: 'the price asked for', risk: PRICE, price: 50 },
    { name: 'no price', risk: QUANTILE, price: NaN },
  ])('follows the forecast at $name until more is known', ({ risk, price }) => {
    expect(selectionOf(risk).choice).toEqual({ price, leads: 'forecast', pays: null })
  })

  it('has reacting hold for half an hour, or for as long as the forecast where that is longer', () => {
    const heldBy = (holdSteps: number) => {
      const { law, reactive } = selectionOf(PRICE, SCALE, holdSteps)
      return [...law, ...reactive].map(({ course }) => course.planned.length)
    }
    expect(heldBy(1)).toEqual([1, 2])
    expect(heldBy(5)).toEqual([5, 5])
  })
})

const sample = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: 0, max: 500, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(NaN) },
)
const forecast = fc
  .tuple(fc.double({ min: 1, max: 50, noNaN: true }), fc.double({ min: 0.1, max: 5, noNaN: true }))
  .map(([centre, scale]) => around(centre, scale))
const whole = fc.record({
  law: forecast,
  persistence: forecast,
  whole: fc.constant(true),
})
const ahead: fc.Arbitrary<VirtualView['ahead']> = fc.oneof(
  { weight: 4, arbitrary: whole },
  { weight: 1, arbitrary: fc.constant(null) },
  {
    weight: 1,
    arbitrary: fc.record({
      law: forecast,
      persistence: fc.constant(null),
      whole: fc.constant(false),
    }),
  },
)
const slots = fc.array(fc.record({ sample, ahead }), { maxLength: 40 })

function viewOf(given: { sample: number; ahead: VirtualView['ahead'] }): VirtualView {
  const fresh = !Number.isNaN(given.sample)
  return { ahead: given.ahead, fresh, need: currentNeed(given.sample / CAPACITY), ...BOUNDS }
}

const standing = (runs: readonly VirtualRun[]) => runs.map(({ course }) => course.standing)

describe('decideVirtually', () => {
  it('begins with the first forecast that every member had its say in', () => {
    const selection = selectionOf(budgetOf(0.01))
    const law = around(8, 1)
    for (const before of [null, { law, persistence: null, whole: false }]) {
      decideVirtually(selection, viewOf({ sample: 80, ahead: before }))
      expect(new Set(standing(selection.law))).toEqual(new Set([null]))
      expect(new Set(standing(selection.reactive))).toEqual(new Set([null]))
    }
    decideVirtually(
      selection,
      viewOf({ sample: 80, ahead: { law, persistence: law, whole: true } }),
    )
    expect(standing(selection.law)).not.toContain(null)
    expect(standing(selection.reactive)).not.toContain(null)
  })

  it('decides under each price as the real one does', () => {
    fc.assert(
      fc.property(whole, slots, (first, lived) => {
        const selection = selectionOf(budgetOf(0.01), SCALE, 3)
        const courses = Array.from(selection.prices, () => createCourse(3))
        for (const given of [{ sample: 80, ahead: first }, ...lived]) {
          const view = viewOf(given)
          decideVirtually(selection, view)
          courses.forEach((course, rung) => {
            const plan = pricePlan(selection.prices[rung] ?? NaN)
            proceed(course, {
              ...{ fresh: view.fresh, reactive: view.need, ...BOUNDS },
              predicted:
                view.ahead === null
                  ? { kind: 'absent', why: 'NoForecast' }
                  : hold(course, plan(view.ahead.law, BOUNDS.maxReplicas).replicas),
            })
          })
          expect(standing(selection.law)).toEqual(courses.map((course) => course.standing))
        }
      }),
    )
  })

  it('lowers no run in doubt, and has a dearer one run no less', () => {
    fc.assert(
      fc.property(whole, slots, fc.constantFrom(SCALE, HPA), (first, lived, actuation) => {
        const selection = selectionOf(budgetOf(0.01), actuation)
        decideVirtually(selection, viewOf({ sample: 80, ahead: first }))
        for (const given of lived) {
          const before = standing(selection.law)
          decideVirtually(selection, viewOf(given))
          const after = standing(selection.law)
          const doubt = Number.isNaN(given.sample) || given.ahead === null
          after.forEach((replicas, rung) => {
            if (doubt) expect(replicas).toBeGreaterThanOrEqual(before[rung] ?? NaN)
            expect(replicas).toBeGreaterThanOrEqual(after[rung - 1] ?? 0)
          })
        }
      }),
    )
  })

  it.each([
    { name: 'a forecast on a fresh sample', sample: 80, known: true, trusted: true },
    { name: 'no forecast', sample: 80, known: false, trusted: false },
    { name: 'no sample', sample: NaN, known: true, trusted: false },
  ])('above an HPA, trusts with $name: $trusted', ({ sample: newest, known, trusted }) => {
    const selection = selectionOf(PRICE, HPA)
    const given = { law: around(8, 1), persistence: around(8, 1), whole: true }
    decideVirtually(selection, viewOf({ sample: 80, ahead: given }))
    decideVirtually(selection, viewOf({ sample: newest, ahead: known ? given : null }))
    expect(selection.law.map((run) => run.trusted)).toEqual([trusted])
  })

  it("leaves to an HPA beneath what it reacts to: the rival is the user's own floor and target", () => {
    const selection = selectionOf(PRICE, HPA)
    const given = { law: around(8, 1), persistence: around(30, 1), whole: true }
    decideVirtually(selection, viewOf({ sample: 400, ahead: given }))
    expect(standing(selection.reactive)).toEqual([BOUNDS.minReplicas])
    expect(selection.reactive.map(({ trusted }) => trusted)).toEqual([false])
    // What demand now needs, 40, is not the floor's.
    expect(standing(selection.law)[0]).toBeLessThan(20)
  })
})

/** A selection whose two runs came to this. */
function cameTo(law: Partial<Tally>, reactive: Partial<Tally>, actuation = SCALE): Selection {
  const selection = selectionOf(PRICE, actuation)
  const tally = { slots: DAY, violated: 0, replicas: 10 * DAY }
  for (const run of selection.law) run.tally = { ...tally, ...law }
  for (const run of selection.reactive) run.tally = { ...tally, ...reactive }
  return selection
}

describe('choose', () => {
  it('says nothing before a day of known slots, and does from then on', () => {
    const selection = cameTo({ slots: DAY - 1 }, { slots: DAY - 1, replicas: 1 })
    const before = structuredClone(selection)
    choose(selection, createVirtualRun(1))
    expect(selection).toEqual(before)
    for (const run of selection.law) run.tally.slots = DAY
    choose(selection, createVirtualRun(1))
    expect(selection.choice).toEqual({ price: 50, leads: 'reaction', pays: false })
  })

  it('knows nothing of prices where a quantile is asked for', () => {
    const selection = selectionOf(QUANTILE)
    const { choice } = selection
    choose(selection, createVirtualRun(1))
    expect(selection.choice).toEqual(choice)
  })

  it.each([
    { law: 970, leads: 'forecast', becomes: 'forecast', pays: true },
    { law: 970, leads: 'reaction', becomes: 'forecast', pays: true },
    { law: 990, leads: 'forecast', becomes: 'forecast', pays: false },
    { law: 990, leads: 'reaction', becomes: 'reaction', pays: false },
    { law: 1000, leads: 'forecast', becomes: 'forecast', pays: false },
    { law: 1010, leads: 'forecast', becomes: 'forecast', pays: false },
    { law: 1010, leads: 'reaction', becomes: 'reaction', pays: false },
    { law: 1030, leads: 'forecast', becomes: 'reaction', pays: false },
    { law: 1030, leads: 'reaction', becomes: 'reaction', pays: false },
  ] as const)(
    'of $law against 1000, while the $leads leads: the $becomes',
    ({ law, leads, becomes, pays }) => {
      for (const actuation of [SCALE, HPA]) {
        const selection = cameTo({ replicas: law }, { replicas: 1000 }, actuation)
        selection.choice = { ...selection.choice, leads }
        choose(selection, createVirtualRun(1))
        expect(selection.choice).toEqual({ price: 50, leads: becomes, pays })
      }
    },
  )

  it('weighs violations at the price: fewer of them are worth their replicas', () => {
    const cheaper = cameTo({ replicas: 1000 }, { replicas: 900, violated: 3 })
    const dearer = cameTo({ replicas: 1000 }, { replicas: 900, violated: 1 })
    for (const selection of [cheaper, dearer]) choose(selection, createVirtualRun(1))
    expect(cheaper.choice).toMatchObject({ leads: 'forecast', pays: true })
    expect(dearer.choice).toMatchObject({ leads: 'reaction', pays: false })
  })

  it('asks for more the more its own history was short', () => {
    const price = (violated: number) => {
      const selection = selectionOf(budgetOf(0.01))
      const ladder = [...selection.law, ...selection.reactive]
      ladder.forEach((run, i) => {
        run.tally = { slots: 1000, violated: 100 * 0.5 ** (i % 11), replicas: 10_000 }
      })
      const own = createVirtualRun(1)
      own.tally = { slots: 1000, violated, replicas: 10_000 }
      choose(selection, own)
      return selection.choice.price
    }
    const prices = [0, 8, 9, 10, 11, 40].map(price)
    expect(prices).toEqual(prices.toSorted((a, b) => a - b))
    expect(new Set(prices).size).toBe(prices.length)
  })

  it.each([
    { name: 'alone, at the price that persistence needs', actuation: SCALE, price: 400 },
    { name: 'above an HPA, at that of the forecast', actuation: HPA, price: 100 },
  ])('follows what reacts, $name', ({ actuation, price }) => {
    const selection = selectionOf(budgetOf(0.01), actuation)
    selection.prices = Float64Array.of(100, 200, 400)
    // The forecast is short of 1 % at the first price already, persistence at the third.
    selection.law = selection.law.slice(0, 3)
    selection.law.forEach((run, i) => {
      run.tally = { slots: 1000, violated: 10 / (i + 1), replicas: 20_000 }
    })
    selection.reactive = selection.reactive.slice(0, 3)
    selection.reactive.forEach((run, i) => {
      run.tally = { slots: 1000, violated: 30 / (i + 1), replicas: 10_000 }
    })
    choose(selection, createVirtualRun(1))
    expect(selection.choice.leads).toBe('reaction')
    expect(selection.choice.price).toBeCloseTo(price, 9)
  })
})
