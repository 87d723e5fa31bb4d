import { closedSlots, type SlotSpan } from '../../prometheus/closed-slots.ts'
import type { RangeRequest } from '../../reconcile/ports.ts'
import type { Quantile, SeriesName } from './recorded.ts'

/**
 * Which slot a sample tells of. The controller exports within seconds after each step boundary, so what
 * is scraped during slot u = [u, u + step) was exported at the start of u:
 *
 * - `closed`: the gauge tells of the slot that has just closed (demand, and what was forecast for it).
 *   Seen during u, it is the value of slot u - step.
 * - `standing`: the gauge tells how things stand (ready pods, the HPA's count, fallback). Seen during
 *   u, it is the value of slot u.
 *
 * "Seen during u" is one evaluation at T = u + step over the last step - SETTLE_SECONDS:
 *
 *     slot s, closed     T = s + 2 step    last_over_time(x[step - SETTLE_SECONDS])
 *     slot s, standing   T = s + step      the same window, by the function named below
 *
 * A plain instant query would do in good times, but in a gap it repeats the last value for five
 * minutes; the window makes the gap a gap. SETTLE_SECONDS are left out at its start, where the gauges
 * still show the step before.
 */
export type Telling = 'closed' | 'standing'

/** The export is done this long after the boundary; what is scraped earlier may be a step old. */
export const SETTLE_SECONDS = 10

export interface TellingMetric {
  metric: string
  /** Labels beside namespace and name. */
  labels: Record<string, string>
  over: 'last_over_time' | 'min_over_time' | 'avg_over_time' | 'max_over_time'
  telling: Telling
}

export interface Scaler {
  namespace: string
  name: string
}

const CAPACITY = 'foresail_capacity_per_replica'

export const TELLING_METRICS: Record<SeriesName, TellingMetric> = {
  demand: closed('foresail_demand_replicas', {}),
  'forecast 0.5': forecast(0.5),
  'forecast 0.9': forecast(0.9),
  'forecast 0.95': forecast(0.95),
  'forecast 0.99': forecast(0.99),
  // Short is judged by the least, hours are paid by the mean: neither flatters what ran.
  'least ready': standing('foresail_replicas', { source: 'ready' }, 'min_over_time'),
  'mean ready': standing('foresail_replicas', { source: 'ready' }, 'avg_over_time'),
  'hpa alone': standing('foresail_replicas', { source: 'hpa_alone' }),
  lead: standing('foresail_lead_seconds', { quantile: 'planned' }),
  fallback: standing('foresail_fallback_active', {}, 'max_over_time'),
  observing: standing('foresail_mode', { mode: 'Observe' }),
  capacity: standing(CAPACITY, {}),
}

/** The request whose value i is slot `span.firstSeconds + i * span.stepSeconds` of that metric. */
export function slotRequest(told: TellingMetric, scaler: Scaler, span: SlotSpan): RangeRequest {
  const { firstSeconds, lastSeconds, stepSeconds } = span
  const seen = `${told.over}(${selectorOf(told, scaler)}[${stepSeconds - SETTLE_SECONDS}s])`
  const later = told.telling === 'closed' ? stepSeconds : 0
  return closedSlots(oneValue(told, seen), {
    firstSeconds: firstSeconds + later,
    lastSeconds: lastSeconds + later,
    stepSeconds,
  })
}

/** Where two tell of one slot (a change of leader, two Prometheus servers) and differ, nothing is known. */
function oneValue(told: TellingMetric, seen: string): string {
  // One series a demand signal; only that it changes is of interest.
  if (told.metric === CAPACITY) return `sum(max by (signal) (${seen}))`
  return `max(${seen}) == min(${seen})`
}

export function selectorOf(told: TellingMetric, { namespace, name }: Scaler): string {
  const labels = Object.entries({ namespace, name, ...told.labels })
  return `${told.metric}{${labels.map(([label, value]) => `${label}="${value}"`).join(',')}}`
}

function closed(metric: string, labels: Record<string, string>): TellingMetric {
  return { metric, labels, over: 'last_over_time', telling: 'closed' }
}

function forecast(quantile: Quantile): TellingMetric {
  return closed('foresail_demand_forecast_replicas', { quantile: String(quantile) })
}

function standing(
  metric: string,
  labels: Record<string, string>,
  over: TellingMetric['over'] = 'last_over_time',
): TellingMetric {
  return { metric, labels, over, telling: 'standing' }
}
