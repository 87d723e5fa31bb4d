import { CsvError, parse } from 'csv-parse/sync'

import { RecordingProblem } from './recording-problem.ts'

export interface CsvRow {
  /** Line of the file, from 1. */
  line: number
  cells: string[]
}

/**
 * The rows of a CSV text that hold anything: separated by comma, semicolon or tab, whichever the first
 * line uses; with or without a byte order mark; lines end in LF or CRLF.
 *
 * @throws RecordingProblem where it is no text, or quotes do not close
 */
export function csvRows(content: Buffer, file: string): CsvRow[] {
  if (content.subarray(0, 4096).includes(0)) {
    throw new RecordingProblem(`${file}: this is no text. Give a CSV of timestamp,value, unpacked`)
  }
  try {
    // With `info` every record comes wrapped, which the types of csv-parse do not tell.
    const records = parse(content, {
      bom: true,
      delimiter: delimiterOf(content),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { info: { lines: number }; record: string[] }[]
    return records.map(({ info, record }) => ({ line: info.lines, cells: record }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error['lines'] === 'number' ? `:${error['lines']}` : ''
    throw new RecordingProblem(
      `${file}${line}: this is not readable as CSV: a quote is misplaced or never closed. Correct the row`,
    )
  }
}

function delimiterOf(content: Buffer): string {
  const end = content.indexOf('\n')
  const firstLine = content.subarray(0, end === -1 ? undefined : end).toString()
  return [',', ';', '\t'].find((delimiter) => firstLine.includes(delimiter)) ?? ','
}
