import { type Int64, int64, MAX_INT64 } from './int64.ts'

/** Longer texts are refused before any arithmetic: no quantity that means something needs more. */
const LONGEST = 100

const SHAPE = /^([+-]?)(?=\.?\d)(\d*)(?:\.(\d*))?(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]?|[eE][+-]?\d+)$/

const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
}

const BINARY: Readonly<Record<string, bigint>> = {
  Ki: 10n,
  Mi: 20n,
  Gi: 30n,
  Ti: 40n,
  Pi: 50n,
  Ei: 60n,
}

const NANO_DIGITS = 9
const BINARY_CAP_NANOS = MAX_INT64 * 10n ** BigInt(NANO_DIGITS)

/**
 * A Kubernetes quantity in nanos, exactly as apimachinery's `resource.ParseQuantity` takes it: `1.5`,
 * `100m`, `2Ki`, `1e3`, `12E` (exa), `12E2` (an exponent). What is finer than a nano is rounded away
 * from zero, binary suffixes are capped at 2^63 - 1. One thing is stricter: no digits at all (`m`),
 * which apimachinery lets pass as 0 against its own grammar.
 *
 * @returns undefined when the text is no quantity, or has an exponent above 400
 */
export function parseNanos(text: string): bigint | undefined {
  const parts = text === '' || text.length > LONGEST ? null : SHAPE.exec(text)
  if (parts === null) return undefined
  const [, sign = '', whole = '', fraction = '', suffix = ''] = parts
  const nanos = scaled(BigInt(`0${whole}${fraction}`), fraction.length, suffix)
  return nanos === undefined || sign !== '-' ? nanos : -nanos
}

/** In thousandths, rounded away from zero; undefined beyond the 64 bits that the HPA computes with. */
export function milliOfNanos(nanos: bigint): Int64 | undefined {
  const magnitude = timesPowerOfTen(nanos < 0n ? -nanos : nanos, -6)
  if (magnitude > MAX_INT64) return undefined
  return int64(nanos < 0n ? -magnitude : magnitude)
}

/**
 * The double that the HPA makes of a tolerance: digits times a power of ten, from the form in which the
 * API server stores a quantity (`0.07` as `70m`).
 */
export function doubleOfNanos(nanos: bigint): number {
  let digits = nanos
  let exponent = -NANO_DIGITS
  while (digits !== 0n && digits % 1000n === 0n) {
    digits /= 1000n
    exponent += 3
  }
  return Number(digits) * Number(`1e${exponent}`)
}

/** `digits` · 10^-`decimals` · the suffix, in nanos, rounded up. */
function scaled(digits: bigint, decimals: number, suffix: string): bigint | undefined {
  const shift = BINARY[suffix]
  if (shift !== undefined) {
    const nanos = timesPowerOfTen(digits << shift, NANO_DIGITS - decimals)
    return nanos > BINARY_CAP_NANOS ? BINARY_CAP_NANOS : nanos
  }
  const exponent = DECIMAL[suffix] ?? Number(suffix.slice(1))
  if (digits === 0n) return 0n
  // Far outside anything representable: answered without making numbers of that length.
  if (exponent > 400) return undefined
  if (exponent < -1000) return 1n
  return timesPowerOfTen(digits, NANO_DIGITS + exponent - decimals)
}

function timesPowerOfTen(value: bigint, power: number): bigint {
  if (power >= 0) return value * 10n ** BigInt(power)
  const divisor = 10n ** BigInt(-power)
  return (value + divisor - 1n) / divisor
}
