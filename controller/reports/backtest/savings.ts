import {
  hpaHoursAtEqualViolations,
  type PolicyResult,
} from '../../../forecaster/backtest/backtest.ts'

import type { PolicyRow, Saving } from './report.ts'

/** What Foresail saves against each of the others that were run; none where it was not run. */
export function savingsOf(rows: readonly PolicyRow[], results: readonly PolicyResult[]): Saving[] {
  const foresail = rows.find(({ policy }) => policy === 'foresail')
  if (foresail === undefined) return []
  const against = (
    other: Saving['against'],
    replicaHours: number | null,
    violatedMinutes: number,
  ): Saving => {
    const saved = replicaHours === null ? null : replicaHours - foresail.replicaHours
    return {
      against: other,
      replicaHours,
      savedReplicaHours: saved,
      savedPercent:
        saved === null || replicaHours === null || replicaHours === 0
          ? null
          : (100 * saved) / replicaHours,
      violatedMinutes,
      foresailViolatedMinutes: foresail.violatedMinutes,
    }
  }
  return rows.flatMap((row) => {
    if (row.policy === 'foresail') return []
    if (row.policy === 'hpa-best') {
      const replicaHours = hpaHoursAtEqualViolations(results)
      return [against('hpa-at-equal-violations', replicaHours, foresail.violatedMinutes)]
    }
    return [against(row.policy, row.replicaHours, row.violatedMinutes)]
  })
}
