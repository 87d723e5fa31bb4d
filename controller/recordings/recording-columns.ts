import type { CsvRow } from './csv-rows.ts'
import { RecordingProblem } from './recording-problem.ts'
import { parseStamp } from './stamp.ts'

/** Header names of the two columns, where the user gave them. */
export interface ColumnNames {
  time?: string | undefined
  value?: string | undefined
}

export interface Columns {
  time: number
  value: number
  /** Index of the first row that holds data. */
  firstRow: number
}

/**
 * Where stamps and values stand: under the asked names, else in the first two columns. The first row is
 * a header when a name is asked for, or when it starts with neither a stamp nor a number under the value.
 *
 * @throws RecordingProblem when a name is not in the header, or there is only one column
 */
export function columnsOf(rows: readonly CsvRow[], names: ColumnNames, file: string): Columns {
  const cells = rows[0]?.cells ?? []
  const find = (name: string | undefined, position: number): number => {
    if (name === undefined) return position
    const index = cells.indexOf(name)
    if (index !== -1) return index
    throw new RecordingProblem(
      `${file}:1: no column is named "${name}". Name one of these: ${cells.join(', ')}`,
    )
  }
  const time = find(names.time, 0)
  const value = find(names.value, time === 0 ? 1 : 0)
  if (value >= cells.length) {
    throw new RecordingProblem(
      `${file}:1: only one column. A recording has rows of timestamp,value: add the missing column`,
    )
  }
  const isNamed = names.time !== undefined || names.value !== undefined
  const isData = parseStamp(cells[time] ?? '') !== null || isNumber(cells[value] ?? '')
  return { time, value, firstRow: isNamed || !isData ? 1 : 0 }
}

function isNumber(text: string): boolean {
  return text !== '' && !Number.isNaN(Number(text))
}
