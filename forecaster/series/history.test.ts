import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  appendSample,
  createHistory,
  type History,
  meanBack,
  newestStep,
  recentAt,
  rememberCentre,
  rememberedFrom,
  templateHalfWindow,
  usualErrorAt,
  valueAt,
} from './history.ts'
import { seededRandom } from './seeded-random.ts'
import { dayTemplate, recentTemplate } from './templates.ts'

const FIRST = 1000
const QUARTER_DAY = 21_600
const DAYS = 3

const sample = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 1000 }) },
  { weight: 1, arbitrary: fc.constant(NaN) },
)
const samples = fc.array(sample, { minLength: 1, maxLength: 40 })

function filled(values: readonly number[], stepSeconds = QUARTER_DAY, days = DAYS): History {
  const history = createHistory(stepSeconds, FIRST, days)
  for (const value of values) appendSample(history, value)
  return history
}

const templateOf = (history: History, step: number): number | undefined =>
  history.template[step - history.firstStep]

describe('History', () => {
  it.each([
    [60, 1440],
    [300, 288],
    [420, 206],
    [86_400, 1],
    [200_000, 1],
  ])('a step of %d s makes %d slots a day', (stepSeconds, stepsPerDay) => {
    expect(createHistory(stepSeconds, 0, 1).stepsPerDay).toBe(stepsPerDay)
  })

  it('is empty at first: nothing is known, and the newest step is the one before the first', () => {
    const history = createHistory(60, FIRST, 1)
    expect(newestStep(history)).toBe(FIRST - 1)
    expect([FIRST - 1, FIRST, FIRST + 1].map((step) => valueAt(history, step))).toEqual([
      NaN,
      NaN,
      NaN,
    ])
  })

  it('counts demand below zero as zero', () => {
    expect(valueAt(filled([-3]), FIRST)).toBe(0)
  })

  it('keeps the name of every step while old quarters of a day drop out', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const history = filled(values)
        expect(newestStep(history)).toBe(FIRST + values.length - 1)
        expect((history.firstStep - FIRST) % (history.stepsPerDay / 4)).toBe(0)
        const atLeast = Math.min(values.length, DAYS * history.stepsPerDay)
        expect(history.length).toBeGreaterThanOrEqual(atLeast)
        expect(history.length).toBeLessThanOrEqual((DAYS + 0.25) * history.stepsPerDay)
        for (let step = FIRST - 5; step < FIRST + values.length + 5; step++) {
          const remembered = step >= history.firstStep ? values[step - FIRST] : NaN
          expect(valueAt(history, step)).toBe(remembered ?? NaN)
        }
      }),
    )
  })

  it('knows the templates one day ahead, as their definition says', () => {
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 16 }), (values) => {
        const history = filled(values)
        for (let step = FIRST + 4; step <= newestStep(history) + 4; step++) {
          const index = step - history.firstStep
          expect(templateOf(history, step)).toBe(Math.fround(dayTemplate(history, index)))
          expect(recentAt(history, step)).toBe(recentTemplate(history, index))
        }
      }),
    )
  })

  it('a sample changes no template slot up to its own, nor any that was known before', () => {
    fc.assert(
      fc.property(samples, sample, fc.constantFrom(QUARTER_DAY, 300), (values, next, seconds) => {
        const before = filled(values, seconds)
        const after = structuredClone(before)
        appendSample(after, next)
        const knownTo = newestStep(before) + before.stepsPerDay - templateHalfWindow(seconds)
        for (let step = after.firstStep; step <= knownTo; step++) {
          expect(templateOf(after, step)).toBe(templateOf(before, step))
          expect(recentAt(after, step)).toBe(recentAt(before, step))
        }
        expect(knownTo).toBeGreaterThan(newestStep(after))
      }),
    )
  })

  it('two pasts that differ from a slot on have the same templates up to that slot', () => {
    fc.assert(
      fc.property(samples, samples, samples, (past, future, otherFuture) => {
        const one = filled([...past, ...future])
        const other = filled([...past, ...otherFuture])
        const from = Math.max(one.firstStep, other.firstStep)
        for (let step = from; step <= FIRST + past.length; step++) {
          expect(templateOf(one, step)).toBe(templateOf(other, step))
        }
      }),
    )
  })

  it('survives structuredClone', () => {
    const history = filled([1, 2, NaN, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18])
    const clone = structuredClone(history)
    appendSample(history, 19)
    appendSample(clone, 19)
    expect(clone).toEqual(history)
  })
})

describe('rememberedFrom', () => {
  const MEMORY_DAYS = 9
  /** Two slots a cell of the usual error. */
  const STEP_SECONDS = 150
  const DAY = 86_400 / STEP_SECONDS
  const DAYS_LIVED = 12.4

  /** A history with forecasts of each slot a slot ahead. */
  function lived(days: number, slots = Math.round(DAYS_LIVED * DAY)): History {
    const random = seededRandom(1)
    const history = createHistory(STEP_SECONDS, FIRST, days)
    for (let i = 0; i < slots; i++) {
      const value = random() < 0.1 ? NaN : 100 * random()
      appendSample(history, value)
      rememberCentre(history, newestStep(history) + 1, 50 + 10 * random())
    }
    return history
  }

  /** All that may be asked of a slot. */
  const known = (history: History, step: number) => ({
    value: valueAt(history, step),
    mean: meanBack(history, step, 300),
    template: templateOf(history, step) ?? NaN,
    recent: recentAt(history, step),
    centre: history.centre[step - history.firstStep] ?? NaN,
    usualError: usualErrorAt(history, step),
  })

  it('is the history that dropped the older slots, in all that may be asked of it', () => {
    // Had it forgotten, it would have forgotten up to here.
    const forgetful = lived(MEMORY_DAYS)
    const whole = lived(2 * MEMORY_DAYS)
    expect(forgetful.firstStep).toBeGreaterThan(FIRST)
    const part = rememberedFrom(whole, forgetful.firstStep)
    expect(part.firstStep).toBe(forgetful.firstStep)
    expect(newestStep(part)).toBe(newestStep(whole))
    for (let step = FIRST; step <= newestStep(whole) + DAY; step++) {
      expect([step, known(part, step)]).toEqual([step, known(forgetful, step)])
    }
  })

  it('begins at the slot, or before it at the start of its cell; never before what is known', () => {
    const whole = lived(MEMORY_DAYS, 40)
    const { cellSteps } = whole
    expect(cellSteps).toBe(2)
    fc.assert(
      fc.property(fc.integer({ min: FIRST - 50, max: FIRST + 40 }), (step) => {
        const { firstStep, length } = rememberedFrom(whole, step)
        expect(firstStep).toBe(Math.max(FIRST, step - ((step - FIRST) % cellSteps)))
        expect(firstStep + length - 1).toBe(newestStep(whole))
      }),
    )
  })

  it('leaves the history as it was', () => {
    const whole = lived(MEMORY_DAYS, 3 * DAY)
    const before = structuredClone(whole)
    rememberedFrom(whole, FIRST + DAY + 1)
    expect(whole).toEqual(before)
  })
})

describe('meanBack', () => {
  const history = filled([10, 20, NaN, 40])
  it.each([
    { step: FIRST + 3, slots: 1, mean: 40 },
    { step: FIRST + 3, slots: 2, mean: 40 },
    { step: FIRST + 3, slots: 3, mean: 30 },
    { step: FIRST + 3, slots: 100, mean: 70 / 3 },
    { step: FIRST + 2, slots: 1, mean: NaN },
    { step: FIRST + 1, slots: 2, mean: 15 },
    { step: FIRST + 4, slots: 1, mean: NaN },
    { step: FIRST + 5, slots: 3, mean: 40 },
    { step: FIRST - 1, slots: 9, mean: NaN },
  ])('$slots slots up to $step: $mean', ({ step, slots, mean }) => {
    expect(meanBack(history, step, slots)).toBe(mean)
  })
})
