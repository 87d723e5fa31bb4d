import fc from 'fast-check'
import { expect, test } from 'vitest'

import { parseQuantity } from './quantity.ts'

// Values as apimachinery v0.36.1 gives them (ParseQuantity, AsFloat64Slow).
test.each([
  ['0', 0],
  ['250', 250],
  ['1.5', 1.5],
  ['100m', 0.1],
  ['+7', 7],
  ['-1.5Gi', -1610612736],
  ['2Ki', 2048],
  ['0.5Ki', 512],
  ['1e3', 1000],
  ['12E', 12e18],
  ['12E2', 1200],
  ['1E+2', 100],
  ['25e-2', 0.25],
  ['1.', 1],
  ['.5', 0.5],
  ['1.G', 1e9],
  ['0.1', 0.1],
  ['1u', 1e-6],
  ['1n', 1e-9],
  ['0.1n', 1e-9],
  ['-0.1n', -1e-9],
  ['1.0000000001', 1.000000001],
  ['1e-400', 1e-9],
  ['0e999', 0],
  ['1e30', 1e30],
  ['9007199254740993', 9007199254740992],
  ['16Ei', 2 ** 63],
])('%s is %d', (text, value) => {
  expect(parseQuantity(text)).toBe(value)
})

test.each([
  ...[
    '',
    ' ',
    '1 ',
    ' 1',
    'a',
    '1.1.M',
    '1+1.0M',
    '0.1mi',
    '0.1am',
    '.5i',
    '1i',
    '-3.01i',
    '-3.01e-',
  ],
  ...['1e', '1e+', '1ee5', '1k5', '1K', '1ki', '1e5m', '1,5', '1_000', '0x10', 'Infinity', 'NaN'],
  ...['+', '.', 'm', 'Ki', '٣', '1e500', '1'.repeat(101)],
])('%j is no quantity', (text) => {
  expect(parseQuantity(text)).toBeUndefined()
})

const number = fc.tuple(fc.nat(1e6), fc.nat(999)).map(([whole, thousandths]) => {
  return `${whole}.${String(thousandths).padStart(3, '0')}`
})

test('a decimal suffix is an exponent', () => {
  const suffixes = { m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }
  const suffix = fc.constantFrom(...Object.entries(suffixes))
  fc.assert(
    fc.property(number, suffix, (text, [letter, exponent]) => {
      expect(parseQuantity(`${text}${letter}`)).toBe(parseQuantity(`${text}e${exponent}`))
    }),
  )
})

test('what needs no rounding is what JavaScript reads', () => {
  fc.assert(
    fc.property(number, fc.integer({ min: -6, max: 200 }), (text, exponent) => {
      expect(parseQuantity(`${text}e${exponent}`)).toBe(Number(`${text}e${exponent}`))
    }),
  )
})

test('rounding is upwards and by less than a nano', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n }), (digits) => {
      const exact = Number(`${digits}e-15`)
      const read = parseQuantity(`${digits}e-15`) ?? NaN
      expect(read).toBeGreaterThanOrEqual(exact)
      expect(read - exact).toBeLessThan(1e-9 + Number.EPSILON)
    }),
  )
})

test('no text makes it throw or return what is not finite', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const value = parseQuantity(text)
      expect(value === undefined || Number.isFinite(value)).toBe(true)
    }),
  )
})
