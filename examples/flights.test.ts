import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { departuresPerMinute } from './flight-counts.ts'
import { readFlights, SHIPPED } from './flight-records.ts'

const WEEK = 7 * 24 * 60
const byName = (folder: string, name: string) => readFile(join(folder, name), 'utf8')

describe.each(['flights-departures.csv', 'flights-in-air.csv'])('%s', (name) => {
  test('has every minute of four weeks, each a whole number', async () => {
    const [header, ...rows] = (await byName(import.meta.dirname, name)).trimEnd().split('\n')
    expect(header).toBe('timestamp,value')
    expect(rows).toHaveLength(40_320)
    const bad = rows.filter((row, slot) => {
      const start = new Date(Date.UTC(2001, 3, 23, 0, slot)).toISOString().replace('.000Z', 'Z')
      return !row.startsWith(`${start},`) || !/^\d+$/.test(row.slice(start.length + 1))
    })
    expect(bad).toEqual([])
  })
})

describe('derived again from the records', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'foresail-flights-'))
    const script = join(import.meta.dirname, 'flights.ts')
    await promisify(execFile)(process.execPath, [script, folder])
  }, 60_000)
  afterAll(() => rm(folder, { recursive: true }))

  test.each(['flights-departures.csv', 'flights-in-air.csv'])('%s is the same', async (name) => {
    const same = (await byName(folder, name)) === (await byName(import.meta.dirname, name))
    expect(same).toBe(true)
  })
})

test('no other four whole weeks of the records are as much alike', async () => {
  const firstMinute = Date.UTC(2001, 0, 1) / 60_000
  const counts = departuresPerMinute(await readFlights(), { firstMinute, minutes: 25 * WEEK })
  const perDay = Array.from({ length: 25 * 7 }, (_, day) =>
    counts.subarray((day * WEEK) / 7, ((day + 1) * WEEK) / 7).reduce((sum, n) => sum + n, 0),
  )
  const spread = Array.from({ length: 22 }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday) => {
      const four = [0, 7, 14, 21].map((later) => perDay[week * 7 + weekday + later] ?? NaN)
      const mean = four.reduce((sum, n) => sum + n) / 4
      return four.reduce((sum, n) => sum + (n - mean) ** 2, 0)
    }).reduce((sum, n) => sum + n),
  )
  expect(spread.indexOf(Math.min(...spread))).toBe((SHIPPED.firstMinute - firstMinute) / WEEK)
}, 60_000)
