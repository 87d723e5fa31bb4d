import { describe, expect, it } from 'vitest'

import { readyUnderHpaAlone } from './hpa-alone.ts'

const STEP = 60

describe('readyUnderHpaAlone', () => {
  it.each([
    ['pods asked for are Ready a lead later', [2, 4, 4, 4], [120], [2, 2, 2, 4]],
    ['a lead is whole steps, rounded up', [2, 4, 4, 4], [61], [2, 2, 2, 4]],
    ['a lead is at least one step', [2, 4, 4], [0], [2, 2, 4]],
    ['pods go at once', [4, 2, 2], [120], [4, 2, 2]],
    ['pending pods go first', [2, 4, 3, 3, 3], [120], [2, 2, 2, 3, 3]],
    ['a count of 0 is a count', [1, 0, 2, 2], [60], [1, 0, 0, 2]],
    ['after a gap the pods are Ready at the count seen', [2, NaN, 6, 6], [120], [2, NaN, 6, 6]],
    ['nothing is known before the first count', [NaN, 3, 3], [60], [NaN, 3, 3]],
    [
      'the lead in force when a pod is made counts',
      [1, 2, 3, 3, 3],
      [180, 180, 60],
      [1, 1, 1, 2, 3],
    ],
    ['a lead that is missing is the one before it', [1, 2, 2, 2], [120, NaN], [1, 1, 1, 2]],
    ['or, at the start, the first one known', [1, 2, 2, 2], [NaN, NaN, 120], [1, 1, 1, 2]],
  ])('%s', (_, desired, lead, ready) => {
    const leads = Float64Array.from(desired, (__, slot) => lead[slot] ?? lead.at(-1) ?? NaN)
    expect([...(readyUnderHpaAlone(Float64Array.from(desired), leads, STEP) ?? [])]).toEqual(ready)
  })

  it('says so when no lead is known', () => {
    expect(readyUnderHpaAlone(Float64Array.of(1, 2), Float64Array.of(NaN, NaN), STEP)).toBeNull()
  })
})
