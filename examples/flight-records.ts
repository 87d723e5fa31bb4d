import { fileURLToPath } from 'node:url'
import { zstdDecompressSync } from 'node:zlib'
import { asyncBufferFromFile, parquetMetadataAsync, parquetRead } from 'hyparquet'
import { type Flight, flightOf, type Stretch } from './flight-counts.ts'

const RECORDS = new URL('../data/flights-3m.parquet', import.meta.resolve('vega-datasets'))
const COLUMNS = ['date', 'delay', 'distance']

/** Monday 2001-04-23 to Sunday 2001-05-20: of all four whole weeks in the records, the four that
 * are most alike. No holiday, no storm, no change of the clocks. */
export const SHIPPED: Stretch = {
  firstMinute: Date.UTC(2001, 3, 23) / 60_000,
  minutes: 4 * 7 * 24 * 60,
}

/** Every flight of the source, read column by column: as row objects it would take many times the
 * time and memory. */
export const readFlights = async (): Promise<Flight[]> => {
  const file = await asyncBufferFromFile(fileURLToPath(RECORDS))
  const metadata = await parquetMetadataAsync(file)
  const rows = Number(metadata.num_rows)
  const columns = new Map(COLUMNS.map((name) => [name, new Float64Array(rows).fill(NaN)]))
  await parquetRead({
    file,
    metadata,
    columns: COLUMNS,
    // Node has the decompressor, hyparquet leaves it to the caller.
    compressors: { ZSTD: (bytes) => zstdDecompressSync(bytes) },
    parsers: { timestampFromMicroseconds: (micros) => Number(micros) / 60_000_000 },
    onChunk: ({ columnName, columnData, rowStart }) => {
      columns.get(columnName)?.set(Array.from<unknown, number>(columnData, Number), rowStart)
    },
  })
  const cell = (name: string, row: number): number => {
    const value = columns.get(name)?.[row]
    if (Number.isInteger(value) && value !== undefined) return value
    throw new Error(`flights-3m.parquet: ${name} of row ${row} is not a whole number`)
  }
  return Array.from({ length: rows }, (_, row) =>
    flightOf(cell('date', row), cell('delay', row), cell('distance', row)),
  )
}
