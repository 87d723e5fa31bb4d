import type { PolicyRow, Saving } from './report.ts'

/** What a kind of policy costs where it is short as often as Foresail, its setting picked in hindsight. */
export interface EqualCost {
  setting: string
  /** Null where no setting is short that seldom. */
  replicaHours: number | null
  /** Foresail's own where it is read off between settings. */
  violatedMinutes: number
}

export type EqualCosts = Partial<Record<'hpa' | 'static' | 'yesterday', EqualCost>>

/** What Foresail saves against each of the others that were run; none where it was not run. */
export function savingsOf(rows: readonly PolicyRow[], equal: EqualCosts): Saving[] {
  const foresail = rows.find(({ policy }) => policy === 'foresail')
  if (foresail === undefined) return []
  const ran = rows.flatMap(({ policy, ...row }): Saving[] =>
    policy === 'foresail' || policy === 'hpa-best' ? [] : [saving(foresail, policy, row)],
  )
  const atEqual = (['hpa', 'static', 'yesterday'] as const).flatMap((kind): Saving[] => {
    const cost = equal[kind]
    if (cost === undefined) return []
    return [saving(foresail, `${kind}-at-equal-violations`, cost)]
  })
  // Each kind's own beside what it costs at the same violations.
  return [...ran, ...atEqual].toSorted(
    (a, b) => ORDER.indexOf(a.against) - ORDER.indexOf(b.against),
  )
}

const ORDER: readonly Saving['against'][] = [
  'hpa',
  'hpa-at-equal-violations',
  'static-peak',
  'static-p99',
  'static-usual',
  'static-at-equal-violations',
  'yesterday',
  'yesterday-at-equal-violations',
  'clairvoyant',
]

function saving(foresail: PolicyRow, against: Saving['against'], other: EqualCost): Saving {
  const { replicaHours, violatedMinutes, setting } = other
  const saved = replicaHours === null ? null : replicaHours - foresail.replicaHours
  return {
    against,
    setting,
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
