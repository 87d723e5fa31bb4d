/** Why something could not be computed, in the HPA's own words. */
export interface Failure {
  readonly failure: string
}

export function isFailure<Result>(result: Result): result is Extract<Result, Failure> {
  return typeof result === 'object' && result !== null && 'failure' in result
}

/** The same failure, told by the one who called. */
export function within(what: string, { failure }: Failure): Failure {
  return { failure: `${what}: ${failure}` }
}
