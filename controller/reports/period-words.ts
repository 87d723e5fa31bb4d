import { DAY_SECONDS } from '../../forecaster/periods/calendar.ts'
import type { PeriodCandidate, Periods } from '../../forecaster/periods/periods.ts'
import { percent, timeSpan } from './numbers.ts'

/** Calendar periods as they were judged. */
export type JudgedPeriods = Pick<Periods, 'verdict' | 'candidates'>

/** The periods that were found and how strong they are, and why a day or a week could not be judged. */
export function periodWords({ verdict, candidates }: JudgedPeriods): string {
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
