import { describe, expect, it } from 'vitest'
import { appendSample, createHistory, newestStep } from '../series/history.ts'
import type { Model } from './model.ts'
import { seasonalNaiveDay, seasonalNaiveWeek } from './seasonal-naive.ts'

const HOUR = 3600

/** Each sample is its own number; null when the model cannot fit. */
function saidAfter(model: Model, samples: number, leadSteps: number, gapAt = -1): number | null {
  const history = createHistory(HOUR, 0, 20)
  for (let i = 0; i < samples; i++) appendSample(history, i === gapAt ? NaN : i)
  const now = newestStep(history)
  const fitted = model.fit(history, now + 1, leadSteps)
  return fitted === null ? null : model.predict(fitted, history, now)
}

describe('seasonalNaiveDay', () => {
  it.each([
    { name: 'the same hour yesterday', samples: 48, leadSteps: 3, said: 47 + 3 - 24 },
    { name: 'the newest sample, a day ahead', samples: 48, leadSteps: 24, said: 47 },
    {
      name: 'two days back, more than a day ahead',
      samples: 48,
      leadSteps: 25,
      said: 47 + 25 - 48,
    },
    { name: 'nothing where that is a gap', samples: 48, leadSteps: 3, gapAt: 26, said: NaN },
    { name: 'it too where the newest is a gap', samples: 48, leadSteps: 3, gapAt: 47, said: 26 },
    { name: 'nothing yet within the first day', samples: 23, leadSteps: 3, said: null },
    { name: 'the first sample after a day', samples: 24, leadSteps: 1, said: 0 },
  ])('says $name', ({ samples, leadSteps, gapAt, said }) => {
    expect(saidAfter(seasonalNaiveDay, samples, leadSteps, gapAt)).toBe(said)
  })
})

describe('seasonalNaiveWeek', () => {
  it.each([
    { name: 'the same hour a week before', samples: 200, leadSteps: 3, said: 199 + 3 - 168 },
    { name: 'the same weekday, a day ahead', samples: 200, leadSteps: 24, said: 199 + 24 - 168 },
    { name: 'nothing yet within the first week', samples: 167, leadSteps: 3, said: null },
    { name: 'the first sample after a week', samples: 168, leadSteps: 1, said: 0 },
  ])('says $name', ({ samples, leadSteps, said }) => {
    expect(saidAfter(seasonalNaiveWeek, samples, leadSteps)).toBe(said)
  })
})
