import { amount, percent } from '../numbers.ts'
import type { SeriesName } from './recorded.ts'
import type { Savings } from './savings-result.ts'

export const SEEN_HEADS = ['series', 'slots seen', 'missing', 'missing, %'] as const

/** Told only while they are so: that they are absent is no gap. */
const NOT_LISTED: ReadonlySet<SeriesName> = new Set(['mean ready', 'observing'])

const NAMES: Partial<Record<SeriesName, string>> = {
  'least ready': 'Ready pods',
  'hpa alone': "the HPA's count",
  lead: 'lead time',
}

/** One row a series: in how many slots it is known. */
export function seenRows({ seen, slots }: Savings): string[][] {
  return seen
    .filter(({ series }) => !NOT_LISTED.has(series))
    .map(({ series, seen: known, missing }) => [
      NAMES[series] ?? series,
      amount(known),
      amount(missing),
      percent((100 * missing) / slots),
    ])
}
