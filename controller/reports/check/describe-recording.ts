import { judgePeriods } from '../../../forecaster/periods/judge-periods.ts'
import { type Series, slotStartSeconds } from '../../../forecaster/series/series.ts'
import { seriesFacts } from '../../../forecaster/series/series-facts.ts'
import { MAX_STEP_SECONDS } from '../../recordings/recording-world.ts'

import type { RecordingDescription } from './check-report.ts'

/** A week to learn from and a day to judge by: what a backtest needs at its defaults. */
export const BACKTEST_SECONDS = 8 * 86_400

export function describeRecording(series: Series): RecordingDescription {
  const { stepSeconds, values } = series
  const facts = seriesFacts(series)
  const known = facts.samples - facts.missing
  const stamp = (slot: number) => new Date(slotStartSeconds(series, slot) * 1000).toISOString()
  const spanSeconds = values.length * stepSeconds
  const { longestGap } = facts
  const { verdict, candidates } = judgePeriods(series)
  return {
    start: stamp(0),
    end: stamp(values.length),
    spanSeconds,
    stepSeconds,
    samples: facts.samples,
    missingSamples: facts.missing,
    gaps: facts.gaps,
    longestGap:
      longestGap === null
        ? null
        : { start: stamp(longestGap.firstSlot), seconds: longestGap.slots * stepSeconds },
    leastValue: orNull(facts.least),
    medianValue: orNull(facts.median),
    mostValue: orNull(facts.most),
    zeroPercent: orNull((100 * facts.zeros) / known),
    backtest:
      stepSeconds > MAX_STEP_SECONDS
        ? 'too-coarse'
        : spanSeconds < BACKTEST_SECONDS
          ? 'too-short'
          : 'enough',
    periods: { verdict, candidates },
  }
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value
}
