import { describe, expect, test } from 'vitest'
import { departuresPerMinute, flightOf, flightsInAir, toCsv } from './flight-counts.ts'

describe('a flight', () => {
  test.each([
    ['on time', 0, 75, { departs: 1000, lands: 1045 }],
    ['late', 20, 75, { departs: 1020, lands: 1065 }],
    ['early: not moved', -20, 75, { departs: 1000, lands: 1045 }],
    ['landing within a minute', 0, 100, { departs: 1000, lands: 1000 + 100 / 7.5 + 35 }],
  ])('%s', (_, delay, miles, expected) => {
    expect(flightOf(1000, delay, miles)).toEqual(expected)
  })
})

describe('counts in a stretch of four minutes from minute 100', () => {
  const stretch = { firstMinute: 100, minutes: 4 }
  test.each([
    ['no flight', [], [0, 0, 0, 0], [0, 0, 0, 0]],
    ['up before, down within', [[90, 102]], [0, 0, 0, 0], [1, 1, 0, 0]],
    ['up before, down after', [[90, 200]], [0, 0, 0, 0], [1, 1, 1, 1]],
    ['down as it begins', [[90, 100]], [0, 0, 0, 0], [0, 0, 0, 0]],
    ['down just after it begins', [[90, 100.1]], [0, 0, 0, 0], [1, 0, 0, 0]],
    ['up in the first minute', [[100, 102.5]], [1, 0, 0, 0], [1, 1, 1, 0]],
    ['up in the last minute', [[103, 150]], [0, 0, 0, 1], [0, 0, 0, 1]],
    ['up after', [[104, 150]], [0, 0, 0, 0], [0, 0, 0, 0]],
    ['down long before', [[10, 50]], [0, 0, 0, 0], [0, 0, 0, 0]],
    [
      'several',
      [
        [90, 102],
        [101, 103],
        [101, 150],
      ],
      [0, 2, 0, 0],
      [1, 3, 2, 1],
    ],
  ])('%s', (_, spans, departures, inAir) => {
    const flights = spans.map(([departs = 0, lands = 0]) => ({ departs, lands }))
    expect([...departuresPerMinute(flights, stretch)]).toEqual(departures)
    expect([...flightsInAir(flights, stretch)]).toEqual(inAir)
  })
})

test('a recording has a header and one row a minute', () => {
  const csv = 'timestamp,value\n1970-01-01T01:40:00Z,7\n1970-01-01T01:41:00Z,0\n'
  expect(toCsv(Int32Array.of(7, 0), 100)).toBe(csv)
})
