import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'

import { isOpen, type RecurringWindow } from './window.ts'

const MINUTE = 60_000

function windowOf(cron: string, minutes: number, timeZone = 'UTC'): RecurringWindow {
  return { cron, durationSeconds: minutes * 60, timeZone }
}

/** Minutes of [from, until) in which it is open, as ranges in UTC. */
function openings(window: RecurringWindow, from: string, until: string): string[] {
  const ranges: string[] = []
  let open: number | null = null
  const label = (ms: number) => new Date(ms).toISOString().slice(5, 16)
  for (let at = Date.parse(from); at <= Date.parse(until); at += MINUTE) {
    const now = at < Date.parse(until) && isOpen(window, at)
    if (now && open === null) open = at
    if (!now && open !== null) {
      ranges.push(`${label(open)} - ${label(at)}`)
      open = null
    }
  }
  return ranges
}

describe('a window through the nights in which the clocks are set', () => {
  it.each([
    // Skipped: it begins with the first instant after. Each golden line was read off a calendar.
    ['Europe/Berlin', '30 2 * * *', '2026-03-28T12:00Z', ['03-29T01:00 - 03-29T02:00']],
    ['America/New_York', '30 2 * * *', '2026-03-07T22:00Z', ['03-08T07:00 - 03-08T08:00']],
    ['Australia/Lord_Howe', '15 2 * * *', '2026-10-03T10:00Z', ['10-03T15:30 - 10-03T16:30']],
    // Repeated: once, the first time.
    ['Europe/Berlin', '30 2 * * *', '2026-10-24T12:00Z', ['10-25T00:30 - 10-25T01:30']],
    ['America/New_York', '30 1 * * *', '2026-10-31T22:00Z', ['11-01T05:30 - 11-01T06:30']],
    ['Australia/Lord_Howe', '45 1 * * *', '2026-04-04T10:00Z', ['04-04T14:45 - 04-04T15:45']],
    // No change of the clocks at all.
    ['Asia/Shanghai', '30 2 * * *', '2026-03-28T12:00Z', ['03-28T18:30 - 03-28T19:30']],
  ])('%s %s from %s', (timeZone, cron, from, expected) => {
    const until = new Date(Date.parse(from) + 20 * 60 * MINUTE).toISOString()
    expect(openings(windowOf(cron, 60, timeZone), from, until)).toEqual(expected)
  })

  it('follows the clock of its zone in summer and winter', () => {
    const office = windowOf('0 8 * * MON-FRI', 60, 'Europe/Berlin')
    expect(openings(office, '2026-10-23T00:00Z', '2026-10-27T00:00Z')).toEqual([
      '10-23T06:00 - 10-23T07:00',
      '10-26T07:00 - 10-26T08:00',
    ])
  })
})

describe('a window', () => {
  it('that begins anew before it ends never closes', () => {
    const always = windowOf('0 * * * *', 90)
    expect(openings(always, '2026-01-01T02:00Z', '2026-01-02T02:00Z')).toHaveLength(1)
  })

  it('is open exactly when a beginning lies within its duration before, whatever was asked before', () => {
    const hour = fc.nat({ max: 23 })
    fc.assert(
      fc.property(
        hour,
        fc.integer({ min: 1, max: 3000 }),
        fc.array(fc.integer({ min: 0, max: 400 * 1440 }), { minLength: 1, maxLength: 60 }),
        (startHour, minutes, asked) => {
          const daily = windowOf(`0 ${startHour} * * *`, minutes, 'Europe/Berlin')
          for (const minute of asked) {
            const at = Date.UTC(2026, 0, 1) + minute * MINUTE
            const today = DateTime.fromMillis(at, { zone: 'Europe/Berlin' }).startOf('day')
            const begun = [0, 1, 2, 3].map((back) =>
              today.minus({ days: back }).set({ hour: startHour }).toMillis(),
            )
            const open = begun.some((begin) => begin <= at && at < begin + minutes * MINUTE)
            expect(isOpen(daily, at)).toBe(open)
          }
        },
      ),
    )
  })
})
