import type { PolicyResult } from '../../../forecaster/backtest/backtest.ts'
import type { BacktestWorld } from '../../../forecaster/backtest/world.ts'
import { slotStartSeconds } from '../../../forecaster/series/series.ts'
import type { Chart, ChartLine } from '../chart.ts'
import { rowName } from './policy-rows.ts'
import type { RowName } from './report.ts'

interface Replayed {
  world: BacktestWorld
  results: readonly PolicyResult[]
}

/** Demand, its forecast and the Ready replicas of each policy, over every slot after the warm-up. */
export function timeChart(replayed: Replayed): Chart {
  const { world, results } = replayed
  const { series, sizing, firstSlot } = world
  const foresail = results.find((result) => result.policy === 'foresail')
  const demand = series.values.subarray(firstSlot).map((value) => value / sizing.capacityPerReplica)
  const band: ChartLine[] =
    foresail === undefined
      ? []
      : [
          { ...FORECAST, label: 'forecast, 95 %', values: foresail.band.high, fillDownTo: 1 },
          { ...FORECAST, label: 'forecast, median', values: foresail.band.median },
        ]
  const ready = results.flatMap((result): ChartLine[] => {
    if (result.policy === 'clairvoyant') return []
    const name = rowName(result)
    const { color, isShown } = LINES[name]
    const values = result.run.ready
    return [{ label: `${name} Ready`, values, color, shape: 'steps', hidden: !isShown }]
  })
  return {
    caption:
      'Demand in replicas; in grey its forecast, made a start-up ahead, from the median to the 95 % quantile; the Ready replicas of each policy. Red dots: Foresail was short. Click a name to show or hide its line.',
    unit: 'replicas',
    startSeconds: slotStartSeconds(series, firstSlot),
    stepSeconds: series.stepSeconds,
    // The last line lies on top: Foresail's, over demand.
    lines: [
      ...band,
      { label: 'demand', values: demand, color: 'ink', shape: 'line', width: 1 },
      ...ready.toReversed(),
      ...shortLine(replayed),
    ],
  }
}

const FORECAST = { color: 'grey', shape: 'line', width: 1 } as const

/** Where Foresail was short: the demand that its Ready replicas did not carry. */
function shortLine({ world, results }: Replayed): ChartLine[] {
  const foresail = results.find((result) => result.policy === 'foresail')
  if (foresail === undefined) return []
  const { load, firstSlot, sizing } = world
  const values = load.demand.subarray(firstSlot).map((demand, slot) => {
    const isScored = load.scored[firstSlot + slot] === 1
    const needed = demand / sizing.capacityPerReplica
    const isShort = needed > (foresail.run.ready[slot] ?? 0) * (1 + 1e-9)
    return isScored && isShort ? needed : NaN
  })
  return [{ label: 'foresail short', values, color: 'red', shape: 'dots' }]
}

/** The rest is a click away: seven lines at once show nothing. */
const LINES: Record<RowName, { color: ChartLine['color']; isShown: boolean }> = {
  foresail: { color: 'blue', isShown: true },
  hpa: { color: 'orange', isShown: true },
  'hpa-best': { color: 'green', isShown: false },
  'static-peak': { color: 'red', isShown: false },
  'static-p99': { color: 'red', isShown: false },
  'static-usual': { color: 'red', isShown: false },
  yesterday: { color: 'purple', isShown: false },
  clairvoyant: { color: 'ink', isShown: false },
}
