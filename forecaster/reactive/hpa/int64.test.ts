import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addInt64,
  ceilToInt32,
  ceilToInt64,
  divideInt64,
  int64,
  MAX_INT64,
  multiplyInt64,
  toInt32,
} from './int64.ts'

const MIN_INT64 = -(2n ** 63n)
/** Near zero, near 2^53, near the ends, and anywhere. */
const whole = fc.oneof(
  fc.bigInt({ min: -1000n, max: 1000n }),
  fc.bigInt({ min: 2n ** 53n - 9n, max: 2n ** 53n + 9n }),
  fc.bigInt({ min: -(2n ** 53n) - 9n, max: -(2n ** 53n) + 9n }),
  fc.bigInt({ min: MAX_INT64 - 9n, max: MAX_INT64 }),
  fc.bigInt({ min: MIN_INT64, max: MIN_INT64 + 9n }),
  fc.bigInt({ min: MIN_INT64, max: MAX_INT64 }),
)

describe('arithmetic of 64 bits', () => {
  it.each([
    { name: 'sums', of: addInt64, exact: (a: bigint, b: bigint) => a + b },
    { name: 'products', of: multiplyInt64, exact: (a: bigint, b: bigint) => a * b },
  ])('$name are exact, and wrap', ({ of, exact }) => {
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        const result = of(int64(a), int64(b))
        expect(BigInt(result)).toBe(BigInt.asIntN(64, exact(a, b)))
      }),
    )
  })

  it('quotients drop the remainder', () => {
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        fc.pre(b !== 0n)
        expect(BigInt(divideInt64(int64(a), int64(b)))).toBe(BigInt.asIntN(64, a / b))
      }),
    )
  })

  it('is a number exactly where a number is exact, and never -0', () => {
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        for (const of of [addInt64, multiplyInt64]) {
          const result = of(int64(a), int64(b))
          expect(typeof result === 'number').toBe(Number.isSafeInteger(Number(result)))
          expect(Object.is(result, -0)).toBe(false)
        }
      }),
    )
  })

  it('gives the low 32 bits as Go does', () => {
    fc.assert(
      fc.property(whole, (value) => {
        expect(toInt32(int64(value))).toBe(Number(BigInt.asIntN(32, value)))
      }),
    )
  })
})

describe('rounding up', () => {
  it.each([
    [1.0000001, 2],
    [-0.5, 0],
    [2 ** 31 - 1, 2147483647],
    [2 ** 31, 2147483647],
    [Infinity, 2147483647],
    [-(2 ** 40), -2147483648],
  ])('%d is %d replicas', (value, replicas) => {
    expect(ceilToInt32(value)).toBe(replicas)
  })

  it.each([
    [333.3, 334],
    [-333.3, -333],
    [2 ** 62, 2n ** 62n],
    [2 ** 63, MAX_INT64],
    [Infinity, MAX_INT64],
    [-Infinity, MIN_INT64],
  ])('%d is %d as usage', (value, usage) => {
    expect(ceilToInt64(value)).toBe(usage)
  })
})
