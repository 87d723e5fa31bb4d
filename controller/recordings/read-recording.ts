import { readFileSync } from 'node:fs'

import type { Series } from '../../forecaster/series/series.ts'

import { csvRows } from './csv-rows.ts'
import { type ColumnNames, columnsOf } from './recording-columns.ts'
import { gridOf, type StampedSample } from './recording-grid.ts'
import { RecordingProblem } from './recording-problem.ts'
import { parseSample, quoted } from './sample.ts'
import { parseStamp } from './stamp.ts'

/**
 * Reads a recording of total demand: CSV rows of a stamp (ISO-8601, or epoch seconds or milliseconds)
 * and a value. An empty value, or `NaN`, is a gap; so is a missing row.
 *
 * @throws RecordingProblem when the file cannot be read as one, with the line
 */
export function readRecording(file: string, names: ColumnNames = {}): Series {
  const rows = csvRows(readContent(file), file)
  if (rows.length === 0) {
    throw new RecordingProblem(`${file}: the file is empty. Give a CSV of timestamp,value rows`)
  }
  const columns = columnsOf(rows, names, file)
  if (rows.length === columns.firstRow) {
    throw new RecordingProblem(`${file}: a header and no rows below it. Add timestamp,value rows`)
  }
  const samples: StampedSample[] = []
  let newest = -Infinity
  for (let i = columns.firstRow; i < rows.length; i++) {
    const { line, cells } = rows[i] ?? { line: 0, cells: [] }
    const where = `${file}:${line}`
    const stamp = cells[columns.time] ?? ''
    const atMs = parseStamp(stamp)
    if (atMs === null) {
      throw new RecordingProblem(
        `${where}: ${quoted(stamp)} is no timestamp. Write ISO-8601 (2026-01-31T08:00:00Z) or epoch seconds`,
      )
    }
    if (atMs <= newest) throw new RecordingProblem(`${where}: ${disorder(stamp, atMs === newest)}`)
    newest = atMs
    samples.push({ line, atMs, value: parseSample(cells[columns.value] ?? '', where) })
  }
  return gridOf(samples, file)
}

function disorder(stamp: string, isTwice: boolean): string {
  return isTwice
    ? `${quoted(stamp)} stands twice. Keep one row a timestamp`
    : `${quoted(stamp)} is earlier than the row above. Sort the rows, oldest first (stamps without a zone are UTC)`
}

function readContent(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new RecordingProblem(`${file}: ${READ_FAULTS[code] ?? `cannot be read (${code})`}`)
  }
}

const READ_FAULTS: Record<string, string> = {
  ENOENT: 'no such file. Check the path',
  EISDIR: 'this is a directory. Give one CSV file in it',
  EACCES: 'permission denied. Make the file readable for you',
}
