import type { Series } from './series.ts'

/** What stands in a series, in counts and in its own unit; numbers are NaN where no sample is known. */
export interface SeriesFacts {
  samples: number
  missing: number
  /** Runs of missing samples. */
  gaps: number
  /** The first of the longest; null without a gap. */
  longestGap: { firstSlot: number; slots: number } | null
  least: number
  median: number
  most: number
  zeros: number
}

export function seriesFacts({ values }: Pick<Series, 'values'>): SeriesFacts {
  const known = values.filter((value) => !Number.isNaN(value)).sort()
  return {
    samples: values.length,
    missing: values.length - known.length,
    ...gapsOf(values),
    least: known[0] ?? NaN,
    median: known[(known.length - 1) >> 1] ?? NaN,
    most: known.at(-1) ?? NaN,
    zeros: known.filter((value) => value === 0).length,
  }
}

function gapsOf(values: Float64Array): Pick<SeriesFacts, 'gaps' | 'longestGap'> {
  let gaps = 0
  let longestGap: SeriesFacts['longestGap'] = null
  let slots = 0
  values.forEach((value, i) => {
    slots = Number.isNaN(value) ? slots + 1 : 0
    if (slots === 1) gaps++
    if (slots > (longestGap?.slots ?? 0)) longestGap = { firstSlot: i - slots + 1, slots }
  })
  return { gaps, longestGap }
}
