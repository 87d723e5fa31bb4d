import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { MAX_INT64 } from './int64.ts'
import { doubleOfNanos, milliOfNanos, parseNanos } from './quantity.ts'

function milli(text: string) {
  const nanos = parseNanos(text)
  return nanos === undefined ? undefined : milliOfNanos(nanos)
}

describe('thousandths of a quantity', () => {
  it.each([
    ['100m', 100],
    ['1.5', 1500],
    ['2Ki', 2_048_000],
    ['1e3', 1_000_000],
    ['64Mi', 67_108_864_000],
    ['250000000n', 250],
    ['0', 0],
    ['-2', -2000],
  ])('%s is %d', (text, value) => {
    expect(milli(text)).toBe(value)
  })

  it.each([
    ['1n', 1],
    ['999u', 1],
    ['1001u', 2],
    ['-1n', -1],
  ])('what is finer is rounded away from zero: %s is %d', (text, value) => {
    expect(milli(text)).toBe(value)
  })

  it('has no value beyond 64 bits', () => {
    expect(milli('9223372036854775807m')).toBe(MAX_INT64)
    expect(milli('9223372036854775808m')).toBeUndefined()
    expect(parseNanos('12E')).toBe(12n * 10n ** 27n)
    expect(milli('12E')).toBeUndefined()
    expect(milli('16Ei')).toBeUndefined()
  })
})

const digits = fc.bigInt({ min: 0n, max: 10n ** 15n })
const SUFFIXES = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }

test('a decimal suffix is the exponent that it stands for', () => {
  const suffix = fc.constantFrom(...Object.entries(SUFFIXES))
  fc.assert(
    fc.property(digits, suffix, (value, [letter, exponent]) => {
      expect(parseNanos(`${value}${letter}`)).toBe(parseNanos(`${value}e${exponent}`))
      expect(parseNanos(`${value}E${exponent}`)).toBe(parseNanos(`${value}e${exponent}`))
    }),
  )
})

test('a point moves through the digits as in arithmetic', () => {
  fc.assert(
    fc.property(digits, fc.integer({ min: 0, max: 9 }), (value, decimals) => {
      const text = value.toString().padStart(decimals + 1, '0')
      const point = text.length - decimals
      const written = `${text.slice(0, point)}.${text.slice(point)}`
      expect(parseNanos(written)).toBe(value * 10n ** BigInt(9 - decimals))
    }),
  )
})

test('a binary suffix is a power of 1024, up to 2^63 - 1', () => {
  const suffix = fc.constantFrom('Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei')
  fc.assert(
    fc.property(digits, suffix, (value, letters) => {
      const power = BigInt(['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].indexOf(letters) + 1)
      const exact = value * 1024n ** power
      const capped = exact > MAX_INT64 ? MAX_INT64 : exact
      expect(parseNanos(`${value}${letters}`)).toBe(capped * 10n ** 9n)
    }),
  )
})

test('a sign turns the value round', () => {
  fc.assert(
    fc.property(digits, fc.constantFrom('', 'm', 'Ki', 'e-3'), (value, suffix) => {
      const nanos = parseNanos(`${value}${suffix}`) ?? NaN
      expect(parseNanos(`+${value}${suffix}`)).toBe(nanos)
      expect(parseNanos(`-${value}${suffix}`)).toBe(-nanos)
    }),
  )
})

// What apimachinery v0.36.1 gives (AsApproximateFloat64 of what the API server stores).
test.each([
  ['0.1', 0.1],
  ['100m', 0.1],
  ['0.07', 0.07],
  ['70m', 0.07],
  ['0.15', 0.15],
  ['33m', 0.033],
  ['1', 1],
  ['0', 0],
])('as a tolerance %s is %d', (text, value) => {
  expect(doubleOfNanos(parseNanos(text) ?? -1n)).toBe(value)
})
