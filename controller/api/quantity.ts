/** Longer strings are refused before any arithmetic: no quantity that means something needs more. */
const LONGEST = 100

const SHAPE = /^([+-]?)(?=\.?\d)(\d*)(?:\.(\d*))?(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]?|[eE][+-]?\d+)$/

const DECIMAL: Record<string, number> = {
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

const BINARY: Record<string, bigint> = { Ki: 10n, Mi: 20n, Gi: 30n, Ti: 40n, Pi: 50n, Ei: 60n }

const NANOS = 9
const BINARY_CAP_NANOS = (2n ** 63n - 1n) * 10n ** 9n

/**
 * The value of a Kubernetes quantity: what apimachinery's `resource.ParseQuantity` makes of the same
 * text, as a double. So `1.5`, `100m`, `2Ki`, `1e3`, `12E` (exa) and `12E2` (an exponent); what is
 * finer than a nano is rounded away from zero, binary suffixes are capped at 2^63 - 1. One thing is
 * stricter: no digits at all (`m`), which apimachinery lets pass as 0 against its own grammar.
 *
 * @returns undefined when the text is no quantity, or one that no double can hold
 */
export function parseQuantity(written: string | number): number | undefined {
  const text = String(written)
  const parts = text === '' || text.length > LONGEST ? null : SHAPE.exec(text)
  if (parts === null) return undefined
  const [, sign = '', whole = '', fraction = '', suffix = ''] = parts
  const digits = BigInt(`0${whole}${fraction}`)
  const nanos = scaled(digits, fraction.length, suffix)
  if (nanos === undefined) return undefined
  // Decimal text to double is correctly rounded; dividing two doubles would not be.
  const value = Number(`${nanos.toString()}e-${NANOS}`)
  if (!Number.isFinite(value)) return undefined
  return sign === '-' && value !== 0 ? -value : value
}

/** `digits` · 10^-`decimals` · the suffix, in nanos, rounded up; undefined beyond a double's range. */
function scaled(digits: bigint, decimals: number, suffix: string): bigint | undefined {
  const shift = BINARY[suffix]
  if (shift !== undefined) {
    const nanos = timesPowerOfTen(digits << shift, NANOS - decimals)
    return nanos > BINARY_CAP_NANOS ? BINARY_CAP_NANOS : nanos
  }
  const exponent = DECIMAL[suffix] ?? Number(suffix.slice(1))
  if (digits === 0n) return 0n
  // Far outside anything representable: answered without making numbers of that length.
  if (exponent > 400) return undefined
  if (exponent < -1000) return 1n
  return timesPowerOfTen(digits, NANOS + exponent - decimals)
}

function timesPowerOfTen(value: bigint, power: number): bigint {
  if (power >= 0) return value * 10n ** BigInt(power)
  const divisor = 10n ** BigInt(-power)
  return (value + divisor - 1n) / divisor
}
