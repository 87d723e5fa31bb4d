/** Why a cell or a point is not demand, and what to do. */
export interface SampleFault {
  kind: 'not-a-number' | 'infinite' | 'negative' | 'too-large'
  what: string
  todo: string
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i
/** What sources write where they have nothing. */
const GAP = /^(?:nan|null|undefined|n\/a)?$/i
const GROUPED = /^[+-]?\d+(?:[.,]\d+)+$/
const WITH_UNIT = /^[+-]?\d+(?:[.,]\d+)*\s*(?:\p{L}[\p{L}/]*|%)$/u
/** Beyond what anything counts; models square what they are given, and keep it in single precision. */
const MOST = 1e30
const OR_EMPTY = 'or leave it empty where nothing was measured'

/** Demand in a cell, NaN where the source had none; or why it is none. */
export function parseSample(cell: string): number | SampleFault {
  if (NUMBER.test(cell)) return demandOf(Number(cell))
  if (GAP.test(cell)) return NaN
  if (/^[+-]?inf(?:inity)?$/i.test(cell)) return demandOf(Infinity)
  return { kind: 'not-a-number', what: `${quoted(cell)} is not a number`, todo: remedyFor(cell) }
}

/** A number as demand, or why it can be none. NaN is a gap. */
export function demandOf(value: number): number | SampleFault {
  if (value < 0) {
    const what = `demand of ${value} is below zero`
    return { kind: 'negative', what, todo: `Record total demand, ${OR_EMPTY}` }
  }
  if (value === Infinity) {
    return { kind: 'infinite', what: 'demand is infinite', todo: `Correct it, ${OR_EMPTY}` }
  }
  if (value > MOST) {
    const what = `demand of ${value} is more than anything measures`
    return { kind: 'too-large', what, todo: `Correct it, ${OR_EMPTY}` }
  }
  return value
}

function remedyFor(cell: string): string {
  if (GROUPED.test(cell)) return 'Write 1234.5: a decimal point, no thousands separators'
  if (WITH_UNIT.test(cell)) {
    return 'Record bare numbers, without a unit (Grafana: switch "Formatted data" off before the download)'
  }
  return `Correct it, ${OR_EMPTY}`
}

/** A cell as an error shows it: one short line, whatever is in it. */
export function quoted(cell: string): string {
  return JSON.stringify(cell.length > 40 ? `${cell.slice(0, 40)}…` : cell)
}
