/**
 * How well each forecaster tells demand some minutes ahead, over a folder of traces, relative to the same time
 * yesterday.
 *
 *   node benchmarks/forecasters.ts FOLDER [--step 60] [--only prefix]
 */
import { parseArgs } from 'node:util'

import { MODELS } from '../forecaster/models/registry.ts'
import { seasonalNaiveDay } from '../forecaster/models/seasonal-naive.ts'
import { judgePeriods } from '../forecaster/periods/judge-periods.ts'

import { geometricMean } from './equal-violations.ts'
import { type ForecastErrors, forecastErrors, MIXTURE } from './forecast-errors.ts'
import { markdownTable } from './markdown-table.ts'
import { protocolWorld, type Trace } from './trace.ts'
import { tracesOf } from './traces-of.ts'

const NAMES = [...MODELS.map(({ id }) => id), MIXTURE]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    step: { type: 'string', default: '60' },
    only: { type: 'string', default: '' },
  },
})
const [folder] = positionals
const stepSeconds = Number(values.step)
/** Capacity only sets how small an error still counts: that of the main tables. */
const terms = { stepSeconds, leadMinutes: 3, peakReplicas: 20 }
const horizonMinutes = [3, 15, 60].filter((minutes) => (minutes * 60) % stepSeconds === 0)
if (folder === undefined || horizonMinutes.length === 0) {
  process.stderr.write(
    'usage: node benchmarks/forecasters.ts FOLDER [--step seconds] [--only prefix]\n',
  )
  process.exit(2)
}
const traces = tracesOf(folder, stepSeconds, values.only)
const scores = traces.map(score)
const groups = {
  all: scores,
  periodic: scores.filter(({ periodic }) => periodic),
  'not periodic': scores.filter(({ periodic }) => !periodic),
}
for (const [title, group] of Object.entries(groups)) {
  if (group.length > 0) process.stdout.write(`${table(title, group)}\n\n`)
}

interface Score {
  periodic: boolean
  /** One a horizon: what each forecaster missed. */
  horizons: ReadonlyMap<string, ForecastErrors>[]
}

function score(trace: Trace): Score {
  process.stderr.write(`${trace.name}\n`)
  const { sizing } = protocolWorld(trace, terms)
  return {
    periodic: judgePeriods(trace.series).verdict === 'periodic',
    horizons: horizonMinutes.map((minutes) =>
      forecastErrors(trace.series, sizing.capacityPerReplica, (minutes * 60) / stepSeconds),
    ),
  }
}

function table(title: string, group: readonly Score[]): string {
  const measures = [
    { name: 'WAPE', of: relative(({ absolute }) => absolute) },
    { name: 'pinball q95', of: relative(({ pinball }) => pinball) },
    { name: 'within q95 %', of: coveragePercent },
  ]
  const cells = (name: string) =>
    measures.flatMap(({ of }) => horizonMinutes.map((_, horizon) => of(group, name, horizon)))
  return markdownTable(
    [
      `${title} (${group.length})`,
      ...measures.flatMap(({ name }) => horizonMinutes.map((minutes) => `${name}, ${minutes} min`)),
    ],
    NAMES.map((name) => [name, ...cells(name)]),
  )
}

/** Geometric mean over the traces on which yesterday misses anything, each trace against yesterday. */
function relative(sum: (errors: ForecastErrors) => number) {
  return (group: readonly Score[], name: string, horizon: number): string => {
    const ratios = group.flatMap(({ horizons }) => {
      const [own, naive] = [name, seasonalNaiveDay.id].map((id) => horizons[horizon]?.get(id))
      return own === undefined || naive === undefined ? [] : [sum(own) / sum(naive)]
    })
    return geometricMean(ratios.filter(Number.isFinite))?.toFixed(3) ?? '-'
  }
}

function coveragePercent(group: readonly Score[], name: string, horizon: number): string {
  const shares = group.flatMap(({ horizons }) => {
    const errors = horizons[horizon]?.get(name)
    return errors === undefined ? [] : [errors.within / errors.slots]
  })
  if (shares.length === 0) return '-'
  return ((100 * shares.reduce((sum, share) => sum + share, 0)) / shares.length).toFixed(1)
}
