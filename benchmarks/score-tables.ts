import { HPA_SWEEP } from '../forecaster/backtest/hpa-policy.ts'

import { compareAt, MAIN_TARGET_PERCENT, ratioAt, TARGETS_PERCENT } from './equal-violations.ts'
import { markdownTable } from './markdown-table.ts'
import { cheapest, type FleetSetting, fleetSettings } from './one-setting.ts'
import { BUDGETS_PERCENT, type Point, type TraceScore, violationPrices } from './score-trace.ts'

/** Demand short at which policies are compared beside violations. */
const DEMAND_SHORT_PERCENT = [0.02, 0.1, 0.5]

/** Every table of a scored folder, as Markdown. */
export function scoreTables(scores: readonly TraceScore[], peakReplicas: number): string {
  return [
    'Cost is replica-hours over the clairvoyant that is never short; V is the share of time that is short.',
    'Cost at equal violations, each policy tuned in hindsight (geometric mean over traces both reach):',
    equalViolations(scores),
    `The same at V <= ${MAIN_TARGET_PERCENT} %, traces apart whose first week has a clear calendar period:`,
    byRhythm(scores),
    `Each trace, Foresail / best HPA; demand short and scale events of the cheapest setting at V <= ${MAIN_TARGET_PERCENT} %:`,
    perTrace(scores),
    'One setting for all traces, no hindsight per trace (cost, and which):',
    oneSetting(scores, peakReplicas),
    'As they come, over all traces:',
    asTheyCome(scores),
    'Asked budgets, one default setting for all traces:',
    askedBudgets(scores),
    'Cost at equal demand short, each policy tuned in hindsight (geometric mean over traces both reach):',
    equalShort(scores),
  ].join('\n\n')
}

function equalViolations(scores: readonly TraceScore[]): string {
  return markdownTable(
    [
      'V <=',
      'Foresail',
      'best HPA',
      'both reach',
      'Foresail reaches',
      'HPA reaches',
      'cheaper',
      'tied',
      'dearer',
    ],
    TARGETS_PERCENT.map((target) => {
      const compared = compareAt(scores, target)
      return [
        `${target} %`,
        ratio(compared.foresail),
        ratio(compared.hpa),
        ...[compared.bothReach, compared.foresailReaches, compared.hpaReaches].map(String),
        ...[compared.cheaper, compared.tied, compared.dearer].map(String),
      ]
    }),
  )
}

function byRhythm(scores: readonly TraceScore[]): string {
  const groups: [string, TraceScore[]][] = [
    ['periodic', scores.filter(({ isPeriodic }) => isPeriodic)],
    ['irregular', scores.filter(({ isPeriodic }) => !isPeriodic)],
  ]
  return markdownTable(
    ['traces', 'how many', 'Foresail', 'best HPA', 'cheaper', 'tied', 'dearer'],
    groups.map(([name, of]) => {
      const compared = compareAt(of, MAIN_TARGET_PERCENT)
      return [
        name,
        String(of.length),
        ratio(compared.foresail),
        ratio(compared.hpa),
        ...[compared.cheaper, compared.tied, compared.dearer].map(String),
      ]
    }),
  )
}

function perTrace(scores: readonly TraceScore[]): string {
  return markdownTable(
    [
      'trace',
      ...TARGETS_PERCENT.map((target) => `V <= ${target} %`),
      'demand short %',
      'scale events/day',
      'default V %',
      'default cost',
    ],
    scores.map(({ trace, foresail, hpa, foresailDefault }) => {
      const main = cheapestWithin(foresail)
      return [
        trace,
        ...TARGETS_PERCENT.map(
          (target) => `${ratio(ratioAt(foresail, target))} / ${ratio(ratioAt(hpa, target))}`,
        ),
        main === undefined ? '-' : main.demandShortPercent.toFixed(2),
        main === undefined ? '-' : main.scaleEventsPerDay.toFixed(0),
        foresailDefault.violationPercent.toFixed(2),
        ratio(foresailDefault.costRatio),
      ]
    }),
  )
}

function cheapestWithin(points: readonly Point[]): Point | undefined {
  return points
    .filter(({ violationPercent }) => violationPercent <= MAIN_TARGET_PERCENT)
    .toSorted((a, b) => a.costRatio - b.costRatio)[0]
}

function oneSetting(scores: readonly TraceScore[], peakReplicas: number): string {
  const prices = violationPrices(peakReplicas)
  const policies = [
    {
      name: 'Foresail',
      settings: fleetSettings(scores.map(({ foresail }) => foresail)),
      say: (index: number) => `price ${prices[index] ?? NaN}`,
    },
    {
      name: 'HPA',
      settings: fleetSettings(scores.map(({ hpa }) => hpa)),
      say: (index: number) => {
        const setting = HPA_SWEEP[index]
        return `${setting?.targetPercent ?? NaN} %, ${setting?.stabilizationSeconds ?? NaN} s`
      },
    },
  ]
  const means = [0.5, 1, 2, 5]
  const shares = [50, 75, 90]
  return markdownTable(
    [
      'policy',
      ...means.map((mean) => `mean V <= ${mean} %`),
      ...shares.map((share) => `${share} % of traces at V <= ${MAIN_TARGET_PERCENT} %`),
    ],
    policies.map(({ name, settings, say }) => {
      const cell = (does: (setting: FleetSetting) => boolean) => {
        const found = cheapest(settings, does)
        return found === null ? '-' : `${ratio(found.costRatio)} (${say(found.index)})`
      }
      return [
        name,
        ...means.map((mean) => cell(({ meanViolationPercent }) => meanViolationPercent <= mean)),
        ...shares.map((share) => cell(({ keptPercent }) => keptPercent >= share)),
      ]
    }),
  )
}

function asTheyCome(scores: readonly TraceScore[]): string {
  const rows: [string, Point[]][] = [
    ['Foresail, budget 1 %', scores.map(({ foresailDefault }) => foresailDefault)],
    ['HPA, target 70 %, 300 s', scores.map(({ hpaDefault }) => hpaDefault)],
  ]
  return markdownTable(
    [
      'policy',
      'cost',
      'mean V %',
      'traces at V <= 1 %',
      'mean demand short %',
      'median scale events/day',
    ],
    rows.map(([name, points]) => {
      const [setting] = fleetSettings(points.map((point) => [point]))
      const mean = (of: (point: Point) => number) =>
        points.reduce((sum, point) => sum + of(point), 0) / points.length
      const events = points.map(({ scaleEventsPerDay }) => scaleEventsPerDay).sort((a, b) => a - b)
      return [
        name,
        ratio(setting?.costRatio ?? null),
        (setting?.meanViolationPercent ?? NaN).toFixed(2),
        `${(setting?.keptPercent ?? NaN).toFixed(0)} %`,
        mean(({ demandShortPercent }) => demandShortPercent).toFixed(2),
        (events[events.length >> 1] ?? NaN).toFixed(0),
      ]
    }),
  )
}

function askedBudgets(scores: readonly TraceScore[]): string {
  return markdownTable(
    [
      'asked V',
      'mean V %',
      'mean gap, pp',
      'largest V / asked',
      `traces at V <= ${MAIN_TARGET_PERCENT} %`,
      'cost',
      'mean demand short %',
    ],
    BUDGETS_PERCENT.map((asked, i) => {
      const points = scores.flatMap(({ budgets }) => budgets[i] ?? [])
      const [setting] = fleetSettings(points.map((point) => [point]))
      const mean = (of: (point: Point) => number) =>
        points.reduce((sum, point) => sum + of(point), 0) / points.length
      return [
        `${asked} %`,
        mean(({ violationPercent }) => violationPercent).toFixed(2),
        mean(({ violationPercent }) => Math.abs(violationPercent - asked)).toFixed(3),
        Math.max(...points.map(({ violationPercent }) => violationPercent / asked)).toFixed(2),
        `${(setting?.keptPercent ?? NaN).toFixed(0)} %`,
        ratio(setting?.costRatio ?? null),
        mean(({ demandShortPercent }) => demandShortPercent).toFixed(2),
      ]
    }),
  )
}

/** The same comparison by the other measure: that the order does not depend on it (PROTOCOL §6.9). */
function equalShort(scores: readonly TraceScore[]): string {
  const byShort = (points: readonly Point[]) =>
    points.map((point) => ({ ...point, violationPercent: point.demandShortPercent }))
  const swapped = scores.map((score) => ({
    ...score,
    foresail: byShort(score.foresail),
    hpa: byShort(score.hpa),
  }))
  return markdownTable(
    ['demand short <=', 'Foresail', 'best HPA', 'both reach', 'cheaper', 'tied', 'dearer'],
    DEMAND_SHORT_PERCENT.map((target) => {
      const compared = compareAt(swapped, target)
      return [
        `${target} %`,
        ratio(compared.foresail),
        ratio(compared.hpa),
        ...[compared.bothReach, compared.cheaper, compared.tied, compared.dearer].map(String),
      ]
    }),
  )
}

function ratio(value: number | null): string {
  return value === null ? '-' : value.toFixed(3)
}
