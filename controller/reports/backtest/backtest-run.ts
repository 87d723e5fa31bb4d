import type { BacktestSettings, PolicyResult } from '../../../forecaster/backtest/backtest.ts'
import type { BacktestWorld } from '../../../forecaster/backtest/world.ts'
import type { LogNormal } from '../../../forecaster/lead-time/log-normal.ts'

import type { HpaFacts, Origins, ScalerFacts } from './report.ts'
import type { Threshold } from './thresholds.ts'

/** One backtest, from what was asked to what came out. */
export interface BacktestRun {
  version: string
  /** The recording as the user named it. */
  file: string
  world: BacktestWorld
  startUp: LogNormal
  from: Origins
  scaler: ScalerFacts | null
  hpaManifest: HpaFacts | null
  settings: BacktestSettings
  results: readonly PolicyResult[]
  thresholds: readonly Threshold[]
}
