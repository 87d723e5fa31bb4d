/** The seasons a workload has: what was looked for, what was found, and what it comes to. Plain data. */
export interface Periods {
  /**
   * periodic: at least one period is clear. weak: none is, but one is weak, or the user's word is all there
   * is. not predictable: none repeats. too little data: not even a day could be judged, and nothing else
   * was found.
   */
  verdict: 'periodic' | 'weak' | 'not predictable' | 'too little data'
  /** Those of `candidates` that are clear, weak or hinted; shortest first. */
  accepted: PeriodCandidate[]
  /** Every calendar candidate, shortest first. */
  candidates: PeriodCandidate[]
}

export interface PeriodCandidate {
  periodSeconds: number
  /** hinted: taken on the user's word, because it cannot be judged. */
  standing: 'clear' | 'weak' | 'absent' | 'hinted' | 'not judged'
  /**
   * Leave-one-out R², at most 1: what the other cycles tell of each, of what shorter periods left (a week: of
   * what the day left). Null when it was not judged.
   */
  skill: number | null
  /** Why it was not judged, in words for a person; null when it was. */
  why: string | null
}
