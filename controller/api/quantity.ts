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
