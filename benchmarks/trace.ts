import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readRecording } from '../controller/recordings/read-recording.ts'
import type { Actuation } from '../forecaster/actuation/actuation.ts'
import { sizing } from '../forecaster/backtest/assumptions.ts'
import { type BacktestWorld, createWorld } from '../forecaster/backtest/world.ts'
import { leadSteps } from '../forecaster/lead-time/lead-time.ts'
import type { Series } from '../forecaster/series/series.ts'

const DAY_SECONDS = 86_400
const WARM_UP_SECONDS = 7 * DAY_SECONDS
const LEAST_DAYS = 9

/** What the protocol fixes for a whole run. */
export interface Terms {
  /** Step of the traces taken, in seconds. */
  stepSeconds: number
  /** Pods that the 99th percentile of the first week needs. */
  peakReplicas: number
  leadMinutes: number
  /** Who writes replicas when Foresail decides. */
  actuation: Actuation
  /** How long a plan's largest need is held, at least a lead. */
  holdSeconds: number
  /** By how much of the busy hours' need forecasts are made too low once a day was scored; 0 leaves them. */
  forecastOffShare: number
}

export interface Trace {
  name: string
  file: string
  series: Series
}

/** The folder's traces on that step that are long enough to be judged (PROTOCOL §1), by name. */
export function judgedTraces(folder: string, stepSeconds: number, prefix: string): Trace[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.csv') && name.startsWith(prefix))
    .sort()
    .map((name) => loadTrace(join(folder, name)))
    .filter(
      ({ series }) =>
        series.stepSeconds === stepSeconds &&
        series.values.length * stepSeconds >= LEAST_DAYS * DAY_SECONDS,
    )
}

export function loadTrace(file: string): Trace {
  return { name: basename(file, '.csv'), file, series: readRecording(file).series }
}

/** The protocol's world of a trace: capacity and limits are numbers given to every policy (§2). */
export function protocolWorld(
  { name, series }: Trace,
  terms: Pick<Terms, 'peakReplicas' | 'leadMinutes'>,
): BacktestWorld {
  const { stepSeconds } = series
  const warmUpSlots = Math.ceil(WARM_UP_SECONDS / stepSeconds - 1e-9)
  const stated = {
    capacityPerReplica: null,
    peakReplicas: terms.peakReplicas,
    minReplicas: 1,
    maxReplicas: null,
  }
  const sized = sizing(series, warmUpSlots, stated)
  if (sized === null) throw new RangeError(`${name}: no demand in the warm-up week`)
  const largest = series.values.reduce((most, value) => (value > most ? value : most), 0)
  const maxReplicas = Math.ceil((1.5 * largest) / sized.capacityPerReplica)
  const lead = leadSteps(terms.leadMinutes * 60, 0, stepSeconds)
  return createWorld(series, { ...sized, maxReplicas }, warmUpSlots, lead)
}
