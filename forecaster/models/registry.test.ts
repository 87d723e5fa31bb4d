import { describe, expect, it } from 'vitest'
import { createHistory } from '../series/history.ts'
import { MODELS, modelOf, predictCentre } from './registry.ts'

describe('modelOf', () => {
  it.each(MODELS)('knows $id by its id', (model) => {
    expect(modelOf(model.id)).toBe(model)
  })

  it('refuses an id from another version in one line', () => {
    expect(() => modelOf('oracle')).toThrow(new RangeError('no forecaster is called "oracle"'))
  })
})

it('predictCentre asks the model that made the fit', () => {
  const fitted = { modelId: 'oracle', leadSteps: 1, untilStep: 0, weights: new Float64Array() }
  expect(() => predictCentre(fitted, createHistory(60, 0, 1), 0)).toThrow('oracle')
})
