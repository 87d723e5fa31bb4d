import { CsvError, parse } from 'csv-parse/sync'

import { RecordingProblem } from './recording-problem.ts'

export interface CsvRow {
  /** Line of the file, from 1. */
  line: number
  cells: string[]
}

export type Delimiter = ',' | ';' | '\t'

/**
 * Visits the rows of a CSV text that hold anything, with or without a byte order mark; lines end in LF
 * or CRLF. A first row that only tells a spreadsheet the delimiter (`sep=;`) is passed over.
 *
 * @throws RecordingProblem where quotes do not close
 */
export function visitCsvRows(
  text: Buffer,
  file: string,
  delimiter: Delimiter,
  visit: (row: CsvRow) => void,
): void {
  try {
    parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      // Visited one by one and not kept: a year of rows as objects would be some hundred megabytes.
      on_record: (cells: string[], { lines }) => {
        const holdsNothing = cells[0] === '' && cells.every((cell) => cell === '')
        const tellsDelimiter = lines === 1 && /^sep=/i.test(cells[0] ?? '')
        if (!holdsNothing && !tellsDelimiter) visit({ line: lines, cells })
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error['lines'] === 'number' ? `:${error['lines']}` : ''
    throw new RecordingProblem(
      `${file}${line}: this is not readable as CSV: a quote is misplaced or never closed. Correct the row`,
    )
  }
}

/** What separates cells, by the first line. Names and numbers hold commas more often than others. */
export function delimiterOf(text: Buffer): Delimiter {
  const end = text.indexOf('\n')
  const firstLine = text.subarray(0, end === -1 ? undefined : end).toString()
  const bare = firstLine.replaceAll(/"[^"]*"/g, '')
  return (['\t', ';'] as const).find((delimiter) => bare.includes(delimiter)) ?? ','
}
