import { looksLikeCounter } from '../../forecaster/series/counter.ts'

import type { Findings } from './finding.ts'

/** Finds what values are seldom meant to be. They can be replayed all the same. */
export function doubtValues(values: Float64Array, isCounter: boolean, findings: Findings): void {
  if (!isCounter && looksLikeCounter(values)) {
    const what = 'the values only rise, but for a few falls: they look like readings of a counter'
    const todo = 'Read them with --counter'
    findings.add({ severity: 'warning', kind: 'counter-like', what, todo })
    return
  }
  const known = values.filter((value) => !Number.isNaN(value))
  const [first] = known
  if (first === undefined || known.some((value) => value !== first)) return
  const what = `${isCounter ? 'every rate' : 'every value'} is ${first}`
  if (first === 0) {
    findings.add({
      severity: 'warning',
      kind: 'no-demand',
      what: `${what}: no demand was recorded`,
      todo: 'Check what was asked for',
    })
  } else {
    findings.add({
      severity: 'note',
      kind: 'constant',
      what: `${what}: nothing changes`,
      todo: 'There is nothing to predict',
    })
  }
}
