import { describe, expect, it } from 'vitest'
import { appendSample, createHistory } from '../../series/history.ts'
import type { Model } from '../model.ts'
import { persistence } from '../persistence.ts'
import { constantModel } from './constant.ts'
import { notANumberModel } from './not-a-number.ts'
import { slowModel } from './slow.ts'
import { throwingModel } from './throwing.ts'

const history = createHistory(900, 0, 1)
for (const value of [1, 2, 7]) appendSample(history, value)

function saidBy(model: Model): number | undefined {
  const fitted = model.fit(history, 3, 1)
  return fitted === null ? undefined : model.predict(fitted, history, 2)
}

describe('doubles', () => {
  it.each([
    { model: constantModel(5), said: 5 },
    { model: constantModel(Infinity), said: Infinity },
    { model: notANumberModel, said: NaN },
    { model: slowModel(persistence, 1000), said: 7 },
  ])('$model.id says $said', ({ model, said }) => {
    expect(saidBy(model)).toBe(said)
    expect(model.fit(history, 3, 1)?.modelId).toBe(model.id)
  })

  it.each(['fit', 'predict'] as const)('throws at %s, and only there', (at) => {
    expect(() => saidBy(throwingModel(at))).toThrow(`no ${at} today`)
    if (at === 'predict') expect(throwingModel(at).fit(history, 3, 1)).not.toBeNull()
  })
})
