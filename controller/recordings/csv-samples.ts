import { type CsvRow, delimiterOf, visitCsvRows } from './csv-rows.ts'
import { type CommaUse, judgeCommas, withDecimalPoint } from './decimal-comma.ts'
import type { Findings, Matter } from './finding.ts'
import { type ColumnNames, type Columns, columnsOf } from './recording-columns.ts'
import { RecordingProblem } from './recording-problem.ts'
import { parseSample, quoted } from './sample.ts'
import { addSample, type Samples } from './sample-list.ts'
import { severalSeries } from './several-series.ts'
import { namesMoment, parseStamp } from './stamp.ts'

/** Rows seen before it is decided which columns hold what. */
const HEAD_ROWS = 20
const NO_ZONE: Matter = {
  severity: 'note',
  kind: 'no-zone',
  what: 'timestamps name no zone',
  todo: 'They are taken as UTC',
}

/**
 * The samples of a CSV text; a row that is none is a finding.
 *
 * A stamp is taken as its row has it, for the start of its slot: a CSV does not tell whether its source
 * looks back. (Grafana writes the times of its data source; over Prometheus they are a slot's end.)
 *
 * @throws RecordingProblem when the text as a whole is no recording
 */
export function csvSamples(
  text: Buffer,
  file: string,
  names: ColumnNames,
  findings: Findings,
): Samples {
  const delimiter = delimiterOf(text)
  const reading: Reading = {
    samples: { rows: [], atMs: [], values: [] },
    // Between commas, a cell's own comma would be in quotes: too rare to be read as a decimal one.
    commas: delimiter === ',' ? null : { first: null, isDecimal: false, pointed: null },
    series: new Set(),
    findings,
  }
  const head: CsvRow[] = []
  let columns: Columns | null = null
  let rows = 0
  visitCsvRows(text, file, delimiter, (row) => {
    rows++
    if (columns !== null) {
      takeRow(row, columns, reading)
      return
    }
    head.push(row)
    if (head.length === HEAD_ROWS) columns = takeHead(head, names, file, reading)
  })
  if (rows === 0) {
    throw new RecordingProblem(`${file}: the file is empty. Give a CSV of timestamp,value rows`)
  }
  columns ??= takeHead(head, names, file, reading)
  if (rows === columns.firstRow) {
    throw new RecordingProblem(`${file}: a header and no rows below it. Add timestamp,value rows`)
  }
  if (reading.series.size > 1) throw severalSeries([...reading.series], file)
  if (reading.commas !== null) judgeCommas(reading.commas, findings)
  return reading.samples
}

interface Reading {
  samples: Samples
  commas: CommaUse | null
  /** Names of the series, in the layout that has them. */
  series: Set<string>
  findings: Findings
}

function takeHead(head: CsvRow[], names: ColumnNames, file: string, reading: Reading): Columns {
  const columns = columnsOf(head, names, file)
  for (const row of head.slice(columns.firstRow)) takeRow(row, columns, reading)
  return columns
}

function takeRow({ line, cells }: CsvRow, columns: Columns, reading: Reading): void {
  const { samples, commas, series, findings } = reading
  if (columns.series !== null) {
    series.add(cells[columns.series] ?? '')
    if (series.size > 1) return
  }
  const stamp = cells[columns.time] ?? ''
  const atMs = parseStamp(stamp)
  if (atMs === null) {
    const what = `${quoted(stamp)} is no timestamp`
    const todo = 'Write ISO-8601 (2026-01-31T08:00:00Z), or epoch seconds or milliseconds'
    findings.add({ severity: 'problem', kind: 'no-timestamp', what, todo }, line)
    return
  }
  if (!namesMoment(stamp)) findings.add(NO_ZONE)
  const cell = cells[columns.value] ?? ''
  const text = commas === null ? cell : withDecimalPoint(cell, line, commas)
  const parsed = parseSample(text)
  const isFault = typeof parsed !== 'number'
  if (isFault) {
    findings.add({ severity: 'problem', ...parsed }, line)
  } else if (Number.isNaN(parsed) && cell !== '') {
    const what = `${quoted(cell)} is no number`
    const todo = 'It is taken as a gap'
    findings.add({ severity: 'note', kind: 'gap-mark', what, todo }, line)
  }
  addSample(samples, { row: line, stamp, atMs, value: isFault ? NaN : parsed }, findings)
}
