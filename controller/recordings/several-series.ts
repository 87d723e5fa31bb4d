import { RecordingProblem } from './recording-problem.ts'

const NAMES_SHOWN = 4

/** A recording is one workload's total demand: which of several series to add up is the user's to say. */
export function severalSeries(names: readonly string[], file: string): RecordingProblem {
  const shown = names.slice(0, NAMES_SHOWN).join(', ')
  const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : ''
  return new RecordingProblem(
    `${file}: ${names.length} series, where a recording has one: ${shown}${more}. ` +
      "Query the workload's total, such as sum(rate(http_requests_total[2m])), and save that",
  )
}
