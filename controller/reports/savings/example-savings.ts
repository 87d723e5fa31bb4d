import { emptySeries, type Recorded } from './recorded.ts'
import { savingsOf } from './savings.ts'
import type { Savings } from './savings-result.ts'

export const SLOTS = 180
const MORNING_SECONDS = Date.UTC(2026, 10, 24, 6) / 1000

/** Three hours: demand doubles in the second, what ran is ready for it but for two minutes. */
export function morning(
  changed: Partial<Recorded> = {},
  series: Partial<Recorded['series']> = {},
): Savings {
  const filled = (value: (slot: number) => number) =>
    Float64Array.from({ length: SLOTS }, (_, slot) => value(slot))
  const demand = filled((slot) => (slot >= 170 ? NaN : slot < 60 ? 2.2 : 4.4))
  const ready = filled((slot) => (slot < 50 ? 3 : slot === 80 || slot === 81 ? 4 : 5))
  const answer = savingsOf({
    namespace: 'shop',
    name: 'shop-web',
    startSeconds: MORNING_SECONDS,
    stepSeconds: 60,
    slots: SLOTS,
    warnings: [],
    ...changed,
    series: {
      ...emptySeries(SLOTS),
      demand,
      'least ready': ready,
      'mean ready': ready,
      'hpa alone': filled((slot) => (slot <= 60 ? 4 : 7)),
      lead: filled(() => 150),
      'forecast 0.5': demand.map((value, slot) => value + (slot % 2 === 0 ? 0.1 : -0.1)),
      'forecast 0.95': demand.map((value) => value + 0.4),
      fallback: filled(() => 0),
      capacity: filled(() => 250),
      ...series,
    },
  })
  if (answer.kind !== 'savings') throw new Error(answer.kind)
  return answer.savings
}
