import { describe, expect, it } from 'vitest'
import { appendSample, createHistory, newestStep } from '../series/history.ts'
import type { Fitted } from './model.ts'
import { persistence } from './persistence.ts'

function centreOf(values: readonly number[], stepSeconds: number): number {
  const history = createHistory(stepSeconds, 0, 1)
  for (const value of values) appendSample(history, value)
  const fitted: Fitted | null = persistence.fit(history, newestStep(history) + 1, 4)
  return fitted === null ? -1 : persistence.predict(fitted, history, newestStep(history))
}

describe('persistence', () => {
  it.each([
    { name: 'the mean of two minutes', stepSeconds: 60, values: [100, 4, 6], centre: 5 },
    { name: 'what there is of them', stepSeconds: 60, values: [100, NaN, 6], centre: 6 },
    { name: 'also where only the older is there', stepSeconds: 60, values: [4, NaN], centre: 4 },
    { name: 'eight samples of 15 s', stepSeconds: 15, values: [9, ...eight(2)], centre: 2 },
    {
      name: 'the newest sample, where the step is longer',
      stepSeconds: 300,
      values: [4, 6],
      centre: 6,
    },
    {
      name: 'nothing after two minutes of gap',
      stepSeconds: 60,
      values: [4, NaN, NaN],
      centre: NaN,
    },
    {
      name: 'nothing in the first gap of a long step',
      stepSeconds: 300,
      values: [4, NaN],
      centre: NaN,
    },
    { name: 'nothing from nothing', stepSeconds: 60, values: [], centre: NaN },
  ])('says $name', ({ values, stepSeconds, centre }) => {
    expect(centreOf(values, stepSeconds)).toBe(centre)
  })
})

function eight(value: number): number[] {
  return Array.from({ length: 8 }, () => value)
}
