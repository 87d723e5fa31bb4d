import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../series/seeded-random.ts'
import { seededNormal } from '../series/synthetic-demand.ts'
import { judgePeriods } from './judge-periods.ts'
import type { PeriodCandidate } from './periods.ts'

const HOUR = 3600
const DAY = 24 * HOUR
const WEEK = 7 * DAY

interface Recorded {
  days: number
  stepSeconds?: number
  /** Demand at a time in seconds from the start, before noise of standard deviation 3. */
  demand: (atSeconds: number) => number
  noise?: number
  seed?: number
}

function recorded({ days, stepSeconds = 300, demand, noise = 3, seed = 1 }: Recorded) {
  const normal = seededNormal(seed)
  const values = Float64Array.from(
    { length: Math.round((days * DAY) / stepSeconds) },
    (_, slot) => demand(slot * stepSeconds) + noise * normal(),
  )
  return { stepSeconds, values }
}

const wave = (at: number) => 100 + 30 * Math.sin((2 * Math.PI * at) / DAY)
const job = (everySeconds: number, lastsSeconds: number) => (at: number) =>
  at % everySeconds < lastsSeconds ? 140 : 100
const weekend = (at: number) => (Math.floor(at / DAY) % 7 >= 5 ? 0.4 : 1)

function of(candidates: readonly PeriodCandidate[], periodSeconds: number): PeriodCandidate {
  const found = candidates.find((candidate) => candidate.periodSeconds === periodSeconds)
  if (found === undefined) throw new RangeError(`no candidate of ${periodSeconds} s`)
  return found
}

describe('judgePeriods', () => {
  it.each([
    { name: 'a day', demand: wave, found: [DAY] },
    { name: 'a job of ten minutes a day', demand: job(DAY, 600), found: [DAY] },
    { name: 'a job every hour, not every two', demand: job(HOUR, 600), found: [HOUR] },
    { name: 'a job every two hours, not every one', demand: job(2 * HOUR, 600), found: [2 * HOUR] },
    {
      name: 'an hour in a day',
      demand: (at: number) => wave(at) + job(HOUR, 600)(at),
      found: [HOUR, DAY],
    },
    {
      name: 'the whole of two jobs, which comes back with the rarer one',
      demand: (at: number) => job(900, 300)(at) + 3 * job(4 * HOUR, 1800)(at),
      found: [4 * HOUR],
    },
    {
      name: 'a morning peak as a day, not as a third of one',
      demand: (at: number) => (at % DAY > 8 * HOUR && at % DAY < 10 * HOUR ? 160 : 100),
      found: [DAY],
    },
  ])('finds $name', ({ demand, found }) => {
    const { verdict, accepted } = judgePeriods(recorded({ days: 7, demand }))
    expect(accepted.map(({ periodSeconds }) => periodSeconds)).toEqual(found)
    expect(verdict).toBe('periodic')
  })

  it.each([15, 60, 420, 900, HOUR, 4 * HOUR])('finds a day at a step of %d s', (stepSeconds) => {
    const { candidates, accepted } = judgePeriods(recorded({ days: 7, stepSeconds, demand: wave }))
    expect(accepted.map(({ periodSeconds }) => periodSeconds)).toEqual([DAY])
    expect(of(candidates, DAY).skill).toBeGreaterThan(0.8)
  })

  it.each([
    { name: 'white noise', demand: () => 100, noise: 20 },
    { name: 'demand that never changes', demand: () => 100, noise: 0 },
    { name: 'none at all', demand: () => 0, noise: 0 },
    { name: 'growth', demand: (at: number) => 100 + at / HOUR, noise: 3 },
    { name: 'a level that shifted', demand: (at: number) => (at < 3 * DAY ? 20 : 90), noise: 3 },
  ])('says of $name that it is not predictable', ({ demand, noise }) => {
    const { verdict, accepted } = judgePeriods(recorded({ days: 15, demand, noise }))
    expect({ verdict, accepted }).toEqual({ verdict: 'not predictable', accepted: [] })
  })

  it('says of random walks that they are not predictable', () => {
    const verdicts = Array.from({ length: 20 }, (_, seed) => {
      const normal = seededNormal(seed)
      let level = 100
      const values = Float64Array.from({ length: 14 * 96 }, () => (level += normal()))
      return judgePeriods({ stepSeconds: 900, values }).verdict
    })
    expect(new Set(verdicts)).toEqual(new Set(['not predictable']))
  })

  it('says weak where a day is there and noise is larger', () => {
    const { verdict, candidates } = judgePeriods(recorded({ days: 14, demand: wave, noise: 35 }))
    expect(verdict).toBe('weak')
    expect(of(candidates, DAY).standing).toBe('weak')
  })

  it('leaves out what explains next to nothing', () => {
    const ripple = (at: number) => wave(at) + (at % HOUR < 600 ? 3 : 0)
    const { candidates, accepted } = judgePeriods(recorded({ days: 7, demand: ripple, noise: 0.1 }))
    expect(of(candidates, HOUR).skill).toBeGreaterThan(0.5)
    expect(of(candidates, HOUR).standing).toBe('absent')
    expect(accepted.map(({ periodSeconds }) => periodSeconds)).toEqual([DAY])
  })

  it('finds a day in spite of spikes, a level shift, gaps and a day that is missing', () => {
    const uniform = seededRandom(2)
    const series = recorded({ days: 8, demand: (at) => wave(at) + (at > 5 * DAY ? 70 : 0) })
    const perDay = DAY / series.stepSeconds
    const values = series.values.map((value, slot) => {
      if (uniform() < 0.004) return 900
      return uniform() < 0.2 || Math.floor(slot / perDay) === 2 ? NaN : value
    })
    const { candidates } = judgePeriods({ ...series, values })
    expect(of(candidates, DAY).skill).toBeGreaterThan(0.5)
  })

  it.each([
    { name: 'three days', days: 3, why: 'needs 4 days, there are 3 days' },
    { name: 'an hour', days: 1 / 24, why: 'needs 4 days, there are 60 minutes' },
    { name: 'a week of gaps', days: 7, why: 'too many gaps', demand: () => NaN },
    { name: 'nothing', days: 0, why: 'needs 4 days, there are 0 minutes' },
  ])('says of $name why it is too little', ({ days, why, demand = () => 100 }) => {
    const { verdict, candidates } = judgePeriods(recorded({ days, demand }))
    expect(verdict).toBe('too little data')
    expect(of(candidates, DAY)).toEqual({
      periodSeconds: DAY,
      standing: 'not judged',
      skill: null,
      why,
    })
  })

  it('finds an hour where a day cannot be judged', () => {
    const { verdict, accepted } = judgePeriods(recorded({ days: 2, demand: job(HOUR, 600) }))
    expect(verdict).toBe('periodic')
    expect(accepted.map(({ periodSeconds }) => periodSeconds)).toEqual([HOUR])
  })

  it('judges no period below two steps', () => {
    const { candidates } = judgePeriods(recorded({ days: 7, demand: wave }))
    const [five, ten] = [of(candidates, 300), of(candidates, 600)]
    expect(five).toMatchObject({ standing: 'not judged', why: 'shorter than two steps of 300 s' })
    expect(ten).toMatchObject({ standing: 'absent', why: null })
  })

  it('looks at the newest 28 days', () => {
    const changed = (at: number) => (at < 40 * DAY ? 100 : wave(at))
    const { candidates } = judgePeriods(recorded({ days: 68, stepSeconds: HOUR, demand: changed }))
    expect(of(candidates, DAY).skill).toBeGreaterThan(0.9)
  })

  it('is the same in any unit, and leaves the recording as it was', () => {
    const series = recorded({ days: 7, stepSeconds: 900, demand: wave })
    const before = series.values.slice()
    const base = judgePeriods(series)
    expect(series.values).toEqual(before)
    fc.assert(
      fc.property(fc.integer({ min: -300, max: 300 }), (exponent) => {
        const values = series.values.map((value) => value * 10 ** exponent)
        const { verdict, candidates } = judgePeriods({ ...series, values })
        expect(verdict).toBe(base.verdict)
        candidates.forEach(({ skill }, i) => {
          expect(skill ?? -9).toBeCloseTo(base.candidates[i]?.skill ?? -9, 6)
        })
      }),
      { numRuns: 10, examples: [[-300], [300]] },
    )
  })
})

describe('the week', () => {
  const weekly = (at: number) => wave(at) * weekend(at)

  it.each([
    { name: 'two weeks', days: 14 },
    { name: 'four weeks', days: 28 },
    { name: 'two weeks less the last sample', days: 14 - 300 / DAY },
  ])('is found in $name of quiet weekends, beside the day', ({ days }) => {
    const { accepted } = judgePeriods(recorded({ days, demand: weekly }))
    expect(accepted.map(({ periodSeconds }) => periodSeconds)).toEqual([DAY, WEEK])
  })

  it('is not what the day tells already', () => {
    const { candidates } = judgePeriods(recorded({ days: 28, demand: wave }))
    expect(of(candidates, WEEK).standing).toBe('absent')
  })

  it.each([
    { days: 7, why: 'needs 14 days, there are 7 days' },
    { days: 13.8, why: 'needs 14 days, there are 13.7 days' },
  ])('cannot be told from $days days, and says so', ({ days, why }) => {
    const { candidates } = judgePeriods(recorded({ days, demand: weekly }))
    expect(of(candidates, WEEK)).toMatchObject({ standing: 'not judged', skill: null, why })
  })

  it('is taken on the word of the user while it cannot be judged', () => {
    const { accepted } = judgePeriods(recorded({ days: 7, demand: weekly }), 'weekly')
    expect(accepted.at(-1)).toEqual({
      periodSeconds: WEEK,
      standing: 'hinted',
      skill: null,
      why: 'needs 14 days, there are 7 days',
    })
    const flat = judgePeriods(recorded({ days: 7, demand: () => 100 }), 'weekly')
    expect(flat.verdict).toBe('weak')
  })

  it('is not taken on trust against the data', () => {
    const { accepted } = judgePeriods(recorded({ days: 28, demand: wave }), 'weekly')
    expect(accepted.map(({ periodSeconds }) => periodSeconds)).toEqual([DAY])
  })

  it('needs four weeks where there is no day to stand on', () => {
    const night = (at: number) => (at % WEEK < 8 * HOUR ? 200 : 100)
    const two = judgePeriods(recorded({ days: 14, demand: night }))
    expect(of(two.candidates, WEEK).why).toBe('without a daily rhythm it needs 28 days')
    const four = judgePeriods(recorded({ days: 28, demand: night }))
    expect(four.accepted.map(({ periodSeconds }) => periodSeconds)).toEqual([WEEK])
  })
})
