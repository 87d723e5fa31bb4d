import { timeSpan } from '../numbers.ts'
import { aligned, labelled, wrapped } from '../text-layout.ts'
import { EXPLANATIONS } from './explanations.ts'
import { FORECAST_HEADS, forecastRows, forecastSentence } from './forecast-cells.ts'
import { OUTCOME_HEADS, outcomeRows } from './outcome-cells.ts'
import type { Savings } from './savings-result.ts'
import { SEEN_HEADS, seenRows } from './seen-cells.ts'
import { verdictOf } from './verdict.ts'
import { windowSentence } from './window-sentence.ts'

/** The report for a terminal: the verdict first. */
export function formatTable(savings: Savings): string {
  const { namespace, name, forecast, leadSeconds } = savings
  const heads = [0, 1].map((line) => OUTCOME_HEADS.map((head) => head[line] ?? ''))
  const lead = leadSeconds === null ? 'not told' : timeSpan(leadSeconds)
  const blocks = [
    ['VERDICT', ...verdictOf(savings).flatMap((line) => wrapped(line, '  '))],
    [
      'WINDOW',
      ...labelled('scaler', 12, `${namespace}/${name}`),
      ...labelled('slots', 12, windowSentence(savings)),
      ...labelled('lead time', 12, lead),
    ],
    ['RESULT', ...aligned([...heads, ...outcomeRows(savings)], 1)],
    [
      'FORECAST: demand against what was forecast for it a lead time before',
      ...aligned([FORECAST_HEADS, ...forecastRows(forecast)], 1),
      ...wrapped(forecastSentence(forecast), '  '),
    ],
    ['DATA', ...aligned([SEEN_HEADS, ...seenRows(savings)], 1)],
    ['WHAT IT MEANS', ...EXPLANATIONS.flatMap(([term, text]) => labelled(term, 22, text))],
  ]
  return blocks.map((lines) => `${lines.join('\n')}\n`).join('\n')
}
