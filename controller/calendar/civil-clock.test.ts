import { DateTime } from 'luxon'
import { expect, test } from 'vitest'

import { onTodaysClock } from './civil-clock.ts'

const STEP = 60

/** The hour and minute by the clock of a zone, as a number, for each slot of some days. */
function clockOf(zone: string, from: string, days: number) {
  const firstStep = Date.parse(from) / 1000 / STEP
  const values = Float64Array.from({ length: days * 1440 }, (_, i) => {
    const local = DateTime.fromMillis((firstStep + i) * STEP * 1000, { zone })
    return local.hour * 60 + local.minute
  })
  return { firstStep, values }
}

test.each([
  ['Europe/Berlin', '2026-03-25T00:00Z', 60],
  ['Europe/Berlin', '2026-10-21T00:00Z', 0],
  ['America/New_York', '2026-03-05T00:00Z', 60],
  ['America/New_York', '2026-10-29T00:00Z', 0],
  ['Australia/Lord_Howe', '2026-10-01T00:00Z', 30],
  ['Australia/Lord_Howe', '2026-04-01T00:00Z', 0],
])('%s from %s: the same minute of each day is the same minute by the clock', (zone, from, gap) => {
  const days = 9
  const { firstStep, values } = clockOf(zone, from, days)
  const now = (firstStep + values.length) * STEP * 1000
  const moved = onTodaysClock(values, firstStep, STEP, zone, now)
  const last = moved.subarray(moved.length - 1440)
  let unknown = 0
  moved.forEach((value, i) => {
    if (Number.isNaN(value)) unknown++
    else expect(value).toBe(last[i % 1440])
  })
  // What the clocks skip, or what the shift leaves at the very beginning.
  expect(unknown).toBe(gap === 0 ? (zone.startsWith('Australia') ? 30 : 60) : gap)
})

test.each(['UTC', 'Asia/Shanghai'])('%s: nothing moves', (zone) => {
  const { firstStep, values } = clockOf(zone, '2026-03-25T00:00Z', 9)
  expect(onTodaysClock(values, firstStep, STEP, zone, firstStep * STEP * 1000)).toBe(values)
})
