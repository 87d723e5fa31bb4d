import type { Int64 } from '../../forecaster/reactive/hpa/int64.ts'

const DECIMAL = ['m', '', 'k', 'M', 'G', 'T', 'P', 'E']
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']

/** Thousandths as Kubernetes prints a quantity: 500m, 2, 3k; memory in powers of 1024 where it is whole. */
export function formatQuantity(milli: Int64, binary = false): string {
  const value = BigInt(milli)
  const whole = value % 1000n === 0n
  if (binary && whole && (value <= -1_024_000n || value >= 1_024_000n)) {
    return shortened(value / 1000n, 1024n, BINARY)
  }
  return shortened(value, 1000n, DECIMAL)
}

/** With the largest suffix that leaves a whole number. */
function shortened(value: bigint, base: bigint, suffixes: readonly string[]): string {
  if (value === 0n) return '0'
  let rest = value
  let index = 0
  while (rest % base === 0n && index < suffixes.length - 1) {
    rest /= base
    index++
  }
  return `${rest}${suffixes[index] ?? ''}`
}
