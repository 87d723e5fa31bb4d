/** Slot by slot: 1 where every series has a number, 0 where one is missing. */
export function slotsKnown(...series: readonly [Float64Array, ...Float64Array[]]): Uint8Array {
  return Uint8Array.from(series[0], (_, slot) =>
    Number(series.every((values) => !Number.isNaN(values[slot] ?? NaN))),
  )
}

/** Slots that are 1 in both. */
export function inBoth(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((is, slot) => is & (b[slot] ?? 0))
}

export function countSlots(mask: Uint8Array): number {
  return mask.reduce((total, is) => total + is, 0)
}

/** Sum of the values where the mask is 1. */
export function sumOver(mask: Uint8Array, values: Float64Array): number {
  let total = 0
  for (const [slot, is] of mask.entries()) if (is === 1) total += values[slot] ?? 0
  return total
}

/** How often a known value differs from the known one before it. */
export function changesOf(values: Float64Array): number {
  let before = NaN
  let changes = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    if (!Number.isNaN(before) && value !== before) changes++
    before = value
  }
  return changes
}
