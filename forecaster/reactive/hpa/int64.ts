/**
 * Integers of 64 bits as the HPA computes with them: sums and products wrap, division drops the
 * remainder. A number as long as it is exact, a bigint beyond 2^53.
 */
export type Int64 = number | bigint

export const MAX_INT64 = 2n ** 63n - 1n
export const MAX_INT32 = 2 ** 31 - 1
export const MIN_INT32 = -(2 ** 31)

/** The Int64 of a whole number, wrapped into 64 bits. */
export function int64(value: bigint): Int64 {
  const wrapped = BigInt.asIntN(64, value)
  const short = Number(wrapped)
  return Number.isSafeInteger(short) ? short : wrapped
}

export function addInt64(a: Int64, b: Int64): Int64 {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (Number.isSafeInteger(sum)) return sum
  }
  return int64(BigInt(a) + BigInt(b))
}

export function multiplyInt64(a: Int64, b: Int64): Int64 {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b
    // -0 is no integer of Go's.
    if (Number.isSafeInteger(product)) return product + 0
  }
  return int64(BigInt(a) * BigInt(b))
}

/** @param divisor not 0 */
export function divideInt64(dividend: Int64, divisor: Int64): Int64 {
  if (typeof dividend === 'number' && typeof divisor === 'number') {
    // The rounded quotient of two exact numbers may reach the next integer; the remainder never lies.
    return (dividend - (dividend % divisor)) / divisor + 0
  }
  return int64(BigInt(dividend) / BigInt(divisor))
}

/** Go's int32(x): the low 32 bits. */
export function toInt32(value: Int64): number {
  return typeof value === 'number' ? value | 0 : Number(BigInt.asIntN(32, value))
}

/** The next whole number of replicas, kept within 32 bits. */
export function ceilToInt32(value: number): number {
  return Math.min(Math.max(Math.ceil(value), MIN_INT32), MAX_INT32) + 0
}

/** The next whole number, kept within 64 bits. */
export function ceilToInt64(value: number): Int64 {
  const ceiled = Math.ceil(value) + 0
  if (Number.isSafeInteger(ceiled)) return ceiled
  if (ceiled >= 2 ** 63) return MAX_INT64
  if (ceiled <= -(2 ** 63)) return -(2n ** 63n)
  return BigInt(ceiled)
}
