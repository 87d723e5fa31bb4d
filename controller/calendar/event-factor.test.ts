import { expect, test } from 'vitest'

import { eventFactor, withoutEvents } from './event-factor.ts'

const launch = {
  name: 'launch',
  start: '2026-12-01T08:00:00Z',
  end: '2026-12-01T08:10:00Z',
  demandFactor: '3',
}
const sale = { ...launch, name: 'sale', start: '2026-12-01T09:05:00+01:00', demandFactor: '1500m' }
const at = (time: string) => Date.parse(`2026-12-01T${time}:00Z`)

test.each([
  ['07:59', 1],
  ['08:00', 3],
  ['08:05', 3],
  ['08:09', 3],
  ['08:10', 1],
])('at %s demand is expected times %d', (time, factor) => {
  expect(eventFactor([launch, sale], at(time))).toBe(factor)
  expect(eventFactor([], at(time))).toBe(1)
})

test('slots of events are unknown, all others as they were', () => {
  const firstStep = at('07:58') / 60_000
  const values = Float64Array.from({ length: 14 }, (_, i) => i)
  const kept = withoutEvents(values, firstStep, 60, [launch])
  expect([...kept]).toEqual([0, 1, ...new Array<number>(10).fill(NaN), 12, 13])
  expect(withoutEvents(values, firstStep, 60, [])).toBe(values)
  expect(withoutEvents(values, firstStep + 1e6, 60, [launch])).toEqual(values)
})
