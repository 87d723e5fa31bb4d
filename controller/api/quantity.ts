import { parseNanos } from '../../forecaster/reactive/hpa/quantity.ts'

/**
 * The value of a Kubernetes quantity as a double: `1.5`, `100m`, `2Ki`, `1e3`, `12E` (exa).
 *
 * @returns undefined when the text is no quantity, or one that no double can hold
 */
export function parseQuantity(written: string | number): number | undefined {
  const nanos = parseNanos(String(written))
  if (nanos === undefined) return undefined
  // Decimal text to double is correctly rounded; dividing two doubles would not be.
  const value = Number(`${nanos.toString()}e-9`)
  return Number.isFinite(value) ? value : undefined
}

/** A value of no great precision as a Kubernetes quantity, to four significant digits: 312.4, 250m, 70n. */
export function quantityText(value: number): string {
  const rounded = Number(value.toPrecision(4))
  if (rounded === 0 || rounded >= 1) {
    return rounded.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 3 })
  }
  return rounded >= 0.001 ? `${Math.round(rounded * 1e3)}m` : `${Math.ceil(rounded * 1e9)}n`
}
