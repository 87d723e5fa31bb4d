import { describe, expect, test } from 'vitest'

import { parseDuration } from './duration.ts'

describe('a duration', () => {
  test.each([
    ['90s', 90],
    ['3m', 180],
    ['1m30s', 90],
    ['2h', 7200],
    ['7d', 604_800],
    ['1d2h3m4s', 93_784],
    ['0s', 0],
  ])('%s', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds)
  })

  test.each(['', '90', 's', '3 m', '1.5h', '-3m', '30s1m', '3M', '3min', '1m1m'])(
    'not %s',
    (text) => {
      expect(parseDuration(text)).toBeUndefined()
    },
  )
})
