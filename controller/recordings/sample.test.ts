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
    ['1e30', 1e30],
    ['1e-308', 1e-308],
    ['', NaN],
    ['NaN', NaN],
    ['null', NaN],
    ['undefined', NaN],
    ['N/A', NaN],
  ])('"%s"', (cell, value) => {
    expect(parseSample(cell)).toBe(value)
  })

  test.each([
    ['many', 'not-a-number', '"many" is not a number', 'Correct it'],
    ['1,5', 'not-a-number', '"1,5" is not a number', 'a decimal point'],
    ['1,234.5', 'not-a-number', '"1,234.5" is not a number', 'no thousands separators'],
    ['0x10', 'not-a-number', '"0x10" is not a number', 'Correct it'],
    ['12 req/s', 'not-a-number', '"12 req/s" is not a number', 'without a unit'],
    ['1.5 K', 'not-a-number', '"1.5 K" is not a number', '"Formatted data" off'],
    ['93%', 'not-a-number', '"93%" is not a number', 'without a unit'],
    ['x'.repeat(99), 'not-a-number', `"${'x'.repeat(40)}…" is not a number`, 'Correct it'],
    ['Infinity', 'infinite', 'demand is infinite', 'Correct it'],
    ['+Inf', 'infinite', 'demand is infinite', 'leave it empty'],
    ['1e999', 'infinite', 'demand is infinite', 'leave it empty'],
    ['1e308', 'too-large', 'demand of 1e+308 is more than anything measures', 'Correct it'],
    ['-1', 'negative', 'demand of -1 is below zero', 'Record total demand'],
  ])('"%s" is %s', (cell, kind, what, todo) => {
    expect(parseSample(cell)).toEqual({ kind, what, todo: expect.stringContaining(todo) as string })
  })
})
