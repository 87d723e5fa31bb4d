import { describe, expect, test } from 'vitest'

import { parseSample } from './sample.ts'

describe('a sample', () => {
  test.each([
    ['0', 0],
    ['12.5', 12.5],
    ['.5', 0.5],
    ['+3', 3],
    ['1e3', 1000],
    ['1E-3', 0.001],
    ['1e308', 1e308],
    ['', NaN],
    ['NaN', NaN],
    ['null', NaN],
  ])('"%s"', (cell, value) => {
    expect(parseSample(cell, 'f:2')).toBe(value)
  })

  test.each([
    ['many', '"many" is not a number'],
    ['1,5', '"1,5" is not a number'],
    ['0x10', '"0x10" is not a number'],
    ['12 req/s', '"12 req/s" is not a number'],
    ['x'.repeat(99), `"${'x'.repeat(40)}…" is not a number`],
    ['Infinity', 'demand is infinite'],
    ['-inf', 'demand is infinite'],
    ['1e999', 'demand is infinite'],
    ['-1', 'demand of -1 is below zero'],
  ])('"%s" is refused with its line', (cell, what) => {
    expect(() => parseSample(cell, 'f:2')).toThrow(`f:2: ${what}`)
  })
})
