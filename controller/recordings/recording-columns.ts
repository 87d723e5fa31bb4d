import type { CsvRow } from './csv-rows.ts'
import { RecordingProblem } from './recording-problem.ts'
import { parseSample } from './sample.ts'
import { parseStamp } from './stamp.ts'

/** Header names of the two columns, where the user gave them. */
export interface ColumnNames {
  time?: string | undefined
  value?: string | undefined
}

export interface Columns {
  time: number
  value: number
  /** Where each row names its series, as Grafana's "series as rows" does; null in other layouts. */
  series: number | null
  /** Index of the first row that holds data. */
  firstRow: number
}

/** Names that say what a column is, in lower case. */
const TIME_NAMES = ['timestamp', 'time']
const VALUE_NAMES = ['value']

/**
 * Where stamps and values stand: under the asked names, else under those that say so, else the stamps
 * in the first column and the values in the only other one with numbers. The first row is a header when
 * a name is asked for, or when it starts with neither a stamp nor a number under the value.
 *
 * @param rows the first few
 * @throws RecordingProblem when a name is not in the header, there is only one column, or several might
 *   be the demand
 */
export function columnsOf(rows: readonly CsvRow[], names: ColumnNames, file: string): Columns {
  const { cells, line } = rows[0] ?? { cells: [], line: 1 }
  if (cells.length < 2) {
    throw new RecordingProblem(
      `${file}:${line}: only one column. A recording has rows of timestamp,value: add the missing column, ` +
        'and separate the two by a comma, a semicolon or a tab',
    )
  }
  const isNamed = names.time !== undefined || names.value !== undefined
  const isData = parseStamp(cells[0] ?? '') !== null || isNumber(cells[1] ?? '')
  if (!isNamed && isData) return { time: 0, value: 1, series: null, firstRow: 0 }
  const known = cells.map((name) => name.toLowerCase())
  const find = (name: string) => {
    const index = cells.indexOf(name)
    if (index !== -1) return index
    throw new RecordingProblem(
      `${file}:${line}: no column is named "${name}". Name one of these: ${cells.join(', ')}`,
    )
  }
  const time = names.time === undefined ? (indexOfAny(known, TIME_NAMES) ?? 0) : find(names.time)
  const value =
    names.value === undefined
      ? (indexOfAny(known, VALUE_NAMES) ?? demandColumn(rows, time, file))
      : find(names.value)
  const isLong = known.includes('series') && known.includes('time') && known.includes('value')
  return { time, value, series: isLong ? known.indexOf('series') : null, firstRow: 1 }
}

function indexOfAny(names: readonly string[], wanted: readonly string[]): number | null {
  const index = names.findIndex((name) => wanted.includes(name))
  return index === -1 ? null : index
}

/** The column that holds the demand, where no name says so. */
function demandColumn(rows: readonly CsvRow[], time: number, file: string): number {
  const [header, ...data] = rows
  const names = header?.cells ?? []
  const others = names.map((_, i) => i).filter((i) => i !== time)
  const numeric = others.filter((i) => data.some(({ cells }) => isNumber(cells[i] ?? '')))
  if (numeric.length > 1) {
    const candidates = numeric.map((i) => names[i] ?? '').join(', ')
    throw new RecordingProblem(
      `${file}:${header?.line ?? 1}: several columns may be the demand: ${candidates}. ` +
        'Name one with --value-column; where the workload is their sum, sum them in the query',
    )
  }
  return numeric[0] ?? others[0] ?? 1
}

function isNumber(cell: string): boolean {
  return Number.isFinite(parseSample(cell.replace(',', '.')))
}
