import { RecordingProblem } from './recording-problem.ts'

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i
/** What sources write where they have nothing. */
const GAP = /^(?:nan|null|n\/a)?$/i

/**
 * Demand in a cell; NaN where the source had none.
 *
 * @throws RecordingProblem when the cell holds anything else than a number that demand can have
 */
export function parseSample(cell: string, where: string): number {
  if (GAP.test(cell)) return NaN
  const value = NUMBER.test(cell) ? Number(cell) : NaN
  if (Number.isNaN(value) && !/^[+-]?inf/i.test(cell)) {
    throw new RecordingProblem(
      `${where}: ${quoted(cell)} is not a number. Correct it, or leave it empty where nothing was measured`,
    )
  }
  if (!Number.isFinite(value)) {
    throw new RecordingProblem(
      `${where}: demand is infinite. Correct it, or leave it empty where nothing was measured`,
    )
  }
  if (value < 0) {
    throw new RecordingProblem(
      `${where}: demand of ${value} is below zero. Record total demand, or leave it empty where nothing was measured`,
    )
  }
  return value
}

/** A cell as an error shows it: one short line, whatever is in it. */
export function quoted(cell: string): string {
  return JSON.stringify(cell.length > 40 ? `${cell.slice(0, 40)}…` : cell)
}
