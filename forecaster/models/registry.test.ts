import { describe, expect, it } from 'vitest'
import { MODELS, modelOf } from './registry.ts'

describe('modelOf', () => {
  it.each(MODELS)('knows $id by its id', (model) => {
    expect(modelOf(model.id)).toBe(model)
  })

  it('refuses an id from another version in one line', () => {
    expect(() => modelOf('oracle')).toThrow(new RangeError('no forecaster is called "oracle"'))
  })
})
