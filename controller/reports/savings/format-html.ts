import { type ChartLine, chartFigure } from '../chart.ts'
import { htmlTable } from '../html-table.ts'
import { explanations, folded, page, paragraph, section } from '../page.ts'
import { EXPLANATIONS } from './explanations.ts'
import { FORECAST_HEADS, forecastRows, forecastSentence } from './forecast-cells.ts'
import { HOURLY_HEADS, hourlyRows } from './hourly-rows.ts'
import { OUTCOME_HEADS, outcomeRows } from './outcome-cells.ts'
import type { Savings } from './savings-result.ts'
import { SEEN_HEADS, seenRows } from './seen-cells.ts'
import { verdictOf } from './verdict.ts'
import { windowSentence } from './window-sentence.ts'

/** The report as one self-contained page. */
export function formatHtml(savings: Savings): string {
  const { namespace, name, forecast } = savings
  return page({
    title: `Foresail report: ${namespace}/${name}`,
    verdict: verdictOf(savings),
    sections: [
      section(
        'What ran, and what could have',
        paragraph(`${windowSentence(savings)}.`),
        htmlTable({
          caption: 'Every line over the same compared slots; each saving beside its minutes short.',
          head: OUTCOME_HEADS.map((lines) => lines.join(' ').replace('- ', '-').trim()),
          rows: outcomeRows(savings),
        }),
        podsChart(savings),
      ),
      section(
        'Forecast against actual',
        htmlTable({
          caption: 'How often demand stayed at or below what was forecast for it.',
          head: FORECAST_HEADS,
          rows: forecastRows(forecast),
        }),
        paragraph(forecastSentence(forecast)),
        forecastChart(savings),
        folded(
          'The charts as a table, hour by hour',
          htmlTable({
            caption: 'In replicas; "missing" where no slot of the hour is known.',
            head: HOURLY_HEADS,
            rows: hourlyRows(savings),
          }),
        ),
      ),
      section('What each number means', explanations(EXPLANATIONS)),
      section(
        'What this rests on',
        htmlTable({
          caption: "Slots of the window in which each of Foresail's own metrics is known.",
          head: SEEN_HEADS,
          rows: seenRows(savings),
        }),
      ),
    ],
  })
}

function podsChart({ timeline, startSeconds, stepSeconds, hpaAloneAbsent }: Savings): string {
  const { demand, need, ready, hpaReady } = timeline
  const lines: ChartLine[] = [
    { label: 'needed', values: need, color: 'grey', shape: 'steps', width: 1 },
    { label: 'Ready', values: ready, color: 'blue', shape: 'steps' },
    { label: 'short', values: need.map(shortOf(demand, ready)), color: 'red', shape: 'dots' },
  ]
  if (hpaAloneAbsent === null) {
    lines.unshift({ label: 'Ready, HPA alone', values: hpaReady, color: 'orange', shape: 'steps' })
  }
  return chartFigure({
    caption:
      'Ready pods against the pods that demand needed; red dots where what ran was short of them.',
    unit: 'replicas',
    startSeconds,
    stepSeconds,
    lines,
  })
}

function shortOf(demand: Float64Array, ready: Float64Array) {
  return (need: number, slot: number): number =>
    (demand[slot] ?? NaN) > (ready[slot] ?? NaN) * (1 + 1e-9) ? need : NaN
}

function forecastChart({ timeline, startSeconds, stepSeconds }: Savings): string {
  return chartFigure({
    caption:
      'Demand against what was forecast for it a lead time before: the band reaches from the 50 % to the 95 % forecast, and demand should lie above it in one slot of twenty.',
    unit: 'replicas',
    startSeconds,
    stepSeconds,
    lines: [
      { ...FORECAST, label: 'forecast, 95 %', values: timeline.high, fillDownTo: 1 },
      { ...FORECAST, label: 'forecast, median', values: timeline.median },
      { label: 'demand', values: timeline.demand, color: 'ink', shape: 'line', width: 1 },
    ],
  })
}

const FORECAST = { color: 'blue', shape: 'line', width: 1 } as const
