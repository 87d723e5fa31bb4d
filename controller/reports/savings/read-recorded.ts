import type { SlotSpan } from '../../prometheus/closed-slots.ts'
import type { MetricsSource } from '../../reconcile/ports.ts'
import { emptySeries, type Recorded, SERIES_NAMES, type SeriesName } from './recorded.ts'
import { type Scaler, selectorOf, slotRequest, TELLING_METRICS } from './telling-metrics.ts'
import { utcMinute } from './utc-minute.ts'

export type ReadAnswer =
  | { kind: 'recorded'; recorded: Recorded }
  /** One line: what is missing or went wrong, where, and what to do. */
  | { kind: 'unusable'; message: string }

/** Without these there is nothing to report; what else is absent is named in the report itself. */
const NEEDED: ReadonlySet<SeriesName> = new Set(['demand', 'least ready', 'mean ready'])

/**
 * The slots of `span` as Foresail's own metrics tell them. Series are asked for in turn: the first
 * failure ends it.
 */
export async function readRecorded(
  source: MetricsSource,
  scaler: Scaler,
  span: SlotSpan,
  signal: AbortSignal,
): Promise<ReadAnswer> {
  const { firstSeconds, lastSeconds, stepSeconds } = span
  const slots = Math.round((lastSeconds - firstSeconds) / stepSeconds) + 1
  const series = emptySeries(slots)
  const warnings = new Set<string>()
  for (const name of SERIES_NAMES) {
    const told = TELLING_METRICS[name]
    const answer = await source.range(slotRequest(told, scaler, span), signal)
    switch (answer.kind) {
      case 'values':
        series[name] = answer.values
        for (const warning of answer.warnings) warnings.add(warning)
        break
      case 'empty':
        if (NEEDED.has(name)) return absent(selectorOf(told, scaler), scaler, span)
        break
      case 'several':
        throw new Error(`an aggregated query gave several series: ${answer.series.join(', ')}`)
      case 'error':
        return { kind: 'unusable', message: answer.message }
    }
  }
  const recorded = { ...scaler, startSeconds: firstSeconds, stepSeconds, slots, series }
  return { kind: 'recorded', recorded: { ...recorded, warnings: [...warnings] } }
}

function absent(selector: string, scaler: Scaler, span: SlotSpan): ReadAnswer {
  const from = utcMinute(span.firstSeconds)
  const to = utcMinute(span.lastSeconds + span.stepSeconds)
  const check = `count by (__name__, namespace, exported_namespace) ({__name__=~"foresail_.+"})`
  return {
    kind: 'unusable',
    message:
      `Prometheus has no ${selector} from ${from} to ${to}: is ${scaler.namespace}/${scaler.name} ` +
      `spelt right, and is the controller scraped, with honorLabels? See what is there: ${check}`,
  }
}
