import { DAY_SECONDS } from '../../../forecaster/periods/calendar.ts'
import type { PeriodCandidate } from '../../../forecaster/periods/periods.ts'
import { percent, timeSpan } from '../backtest/numbers.ts'

import type { RecordingDescription } from './check-report.ts'

/** The periods that were found and how strong they are, and why a day or a week could not be judged. */
export function periodWords({ periods: { verdict, candidates } }: RecordingDescription): string {
  const none = verdict === 'not predictable' ? ['none repeats'] : []
  return [...none, ...candidates.flatMap((candidate) => candidateWords(candidate) ?? [])].join('; ')
}

function candidateWords({ periodSeconds, standing, skill, why }: PeriodCandidate): string | null {
  const period = timeSpan(periodSeconds)
  switch (standing) {
    case 'clear':
    case 'weak':
    case 'hinted': {
      // A week is judged by what the day leaves.
      const what = periodSeconds > DAY_SECONDS ? ' of what the day leaves' : ''
      return `${period}: ${standing}${skill === null ? '' : `, ${percent(100 * skill)}`}${what} repeats`
    }
    case 'not judged':
      return periodSeconds < DAY_SECONDS ? null : `${period}: not judged (${why ?? ''})`
    case 'absent':
      return null
  }
}

/** Whether predicting can pay. How much it does, only the backtest can tell. */
export function predictingWords(recording: RecordingDescription): string {
  const { leastValue, mostValue, periods, backtest } = recording
  if (leastValue === null) return 'not known: there is no sample'
  if (leastValue === mostValue) return 'nothing to predict: demand never changes'
  const howMuch =
    backtest === 'enough'
      ? '"foresail backtest" says how much'
      : 'a recording that backtest can replay would tell how much'
  switch (periods.verdict) {
    case 'periodic':
      return `can pay, demand comes again: ${howMuch}`
    case 'weak':
      return `may pay a little, what comes again is weak: ${howMuch}`
    case 'not predictable':
      return `not predictable by clock or calendar; following the last hours may still pay: ${howMuch}`
    case 'too little data':
      return 'not known: too little to judge whether a day comes again'
  }
}
