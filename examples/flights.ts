/** Derives the two recordings beside this file: node examples/flights.ts [OUT_DIR] */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { departuresPerMinute, flightsInAir, toCsv } from './flight-counts.ts'
import { readFlights, SHIPPED } from './flight-records.ts'

const folder = process.argv[2] ?? import.meta.dirname
const flights = await readFlights()
const recordings = {
  'flights-departures.csv': departuresPerMinute(flights, SHIPPED),
  'flights-in-air.csv': flightsInAir(flights, SHIPPED),
}

await mkdir(folder, { recursive: true })
for (const [name, counts] of Object.entries(recordings)) {
  await writeFile(join(folder, name), toCsv(counts, SHIPPED.firstMinute))
  process.stdout.write(`${join(folder, name)}: ${counts.length} rows\n`)
}
