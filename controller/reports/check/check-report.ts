import type { Severity } from '../../recordings/finding.ts'
import type { JudgedPeriods } from '../period-words.ts'

/**
 * What is in files and what is wrong with them: the one result behind table and JSON. Plain data; `-o
 * json` prints it as it is, keys in this order. Times are UTC, durations seconds, shares per cent.
 * `null` means not known, never zero.
 */
export interface CheckReport {
  /** Changes when a key changes its meaning or goes; new keys may come without. */
  format: 'foresail-check/1'
  version: string
  files: CheckedFile[]
}

export interface CheckedFile {
  file: string
  /** `unreadable`: not text, or neither of the two. */
  kind: 'manifest' | 'sources' | 'recording' | 'unreadable'
  /** Nothing in it is a problem. */
  ok: boolean
  findings: CheckFinding[]
  /** Namespace and name of each PredictiveScaler of a manifest that is well. */
  scalers: string[]
  /** What could be read of a recording; null when that was nothing, and for a manifest. */
  recording: RecordingDescription | null
}

export interface CheckFinding {
  severity: Severity
  /** Kind of the matter, one word a kind. */
  kind: string
  /** Lines of the file, or points of an answer of Prometheus, from 1: the first few. */
  rows: number[]
  /** How many rows are concerned; 0 where it is the file. */
  count: number
  /** What, where and what to do. */
  text: string
}

export interface RecordingDescription {
  start: string
  /** End of the last slot. */
  end: string
  spanSeconds: number
  stepSeconds: number
  samples: number
  missingSamples: number
  /** Runs of missing samples. */
  gaps: number
  longestGap: { start: string; seconds: number } | null
  leastValue: number | null
  medianValue: number | null
  mostValue: number | null
  /** Share of the known samples that are zero. */
  zeroPercent: number | null
  /** Whether `foresail backtest` has enough of it at its defaults. */
  backtest: 'enough' | 'too-short' | 'too-coarse'
  /** Which calendar periods demand has, judged on its newest 28 days, and what that comes to. */
  periods: JudgedPeriods
}
