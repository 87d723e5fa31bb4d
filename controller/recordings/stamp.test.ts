import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { namesMoment, parseStamp } from './stamp.ts'

describe('a stamp', () => {
  const noon = Date.UTC(2026, 0, 31, 12)
  test.each([
    ['2026-01-31T12:00:00Z', noon],
    ['2026-01-31T12:00:00z', noon],
    ['2026-01-31t12:00:00', noon],
    ['2026-01-31 12:00', noon],
    ['2026-01-31T12:00:00.250Z', noon + 250],
    ['2026-01-31T12:00:00,5', noon + 500],
    ['2026-01-31T14:00:00+02:00', noon],
    ['2026-01-31T06:30:00-0530', noon],
    ['2026-01-31T14:00:00+02', noon],
    ['2026-01-31 12:00:00 UTC', noon],
    ['2026-01-31', Date.UTC(2026, 0, 31)],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    ['1769860800', noon],
    ['1769860800.5', noon + 500],
    ['1769860800000', noon],
    ['0', 0],
  ])('%s', (text, ms) => {
    expect(parseStamp(text)).toBe(ms)
  })

  test.each([
    '',
    'now',
    '31.01.2026',
    '2026-02-30',
    '2026-13-01',
    '2026-01-31T25:00:00Z',
    '-5',
    '1e9',
    '1769860800000000',
    '2026-01-31T12:00:00 CET',
    'NaN',
  ])('is not "%s"', (text) => {
    expect(parseStamp(text)).toBeNull()
  })

  test('reads whatever Date writes', () => {
    const written = fc.date({ min: new Date(0), max: new Date('2099-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(written, (date) => {
        expect(parseStamp(date.toISOString())).toBe(date.getTime())
      }),
    )
  })

  test.each([
    ['2026-01-31T12:00:00Z', true],
    ['2026-01-31T14:00:00+02:00', true],
    ['2026-01-31T14:00:00-02', true],
    ['2026-01-31 12:00 UTC', true],
    ['1769860800', true],
    ['2026-01-31T12:00:00', false],
    ['2026-01-31 12:00', false],
    ['2026-01-31', false],
  ])('%s names its moment: %s', (text, names) => {
    expect(namesMoment(text)).toBe(names)
  })
})
