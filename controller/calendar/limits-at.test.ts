import { describe, expect, it } from 'vitest'

import type { Bound } from '../api/bounds.ts'
import { limitsAt } from './limits-at.ts'

const at = (time: string) => Date.parse(`2026-11-25T${time}:00Z`)
const office: Bound = {
  ...{ name: 'office', cron: '0 8 * * *', durationSeconds: 36_000, timeZone: 'UTC' },
  ...{ minReplicas: 5, maxReplicas: 80 },
}
const noon: Bound = {
  ...{ name: 'noon', cron: '0 12 * * *', durationSeconds: 3600, timeZone: 'UTC' },
  minReplicas: 70,
}
const grand: Bound = { ...office, name: 'grand', minReplicas: 70 }
const brake: Bound = {
  ...{ name: 'brake', cron: '30 12 * * *', durationSeconds: 600, timeZone: 'UTC' },
  maxReplicas: 10,
}

function limits(time: string, bounds: readonly Bound[], leadSteps = 3) {
  const spec = { minReplicas: 2, maxReplicas: 60, bounds: [...bounds] }
  const found = limitsAt(spec, at(time), leadSteps, 60)
  return [found.minReplicas, found.maxReplicas, found.minFrom, found.maxFrom]
}

describe('limits', () => {
  it.each([
    ['07:56', 2, 60, undefined, undefined],
    ['07:57', 5, 60, 'office', undefined],
    ['08:00', 5, 80, 'office', 'office'],
    ['17:59', 5, 80, 'office', 'office'],
    ['18:00', 2, 60, undefined, undefined],
  ])('at %s, a lead of three minutes around the office hours', (time, ...expected) => {
    expect(limits(time, [office])).toEqual(expected)
  })

  it.each([
    [
      'the largest minimum and the only maximum',
      '12:10',
      [office, noon],
      [70, 80, 'noon', 'office'],
    ],
    ['the smallest maximum, which wins', '12:30', [office, noon, brake], [10, 10, 'noon', 'brake']],
    [
      'a minimum above the maximum of the spec is cut to it',
      '12:10',
      [noon],
      [60, 60, 'noon', undefined],
    ],
    [
      'a minimum above the maximum of the spec, in a window that allows it',
      '07:57',
      [grand],
      [70, 70, 'grand', undefined],
    ],
    [
      'and a maximum that a window sets now, which wins',
      '12:30',
      [{ ...grand, cron: '31 12 * * *' }, brake],
      [10, 10, 'grand', 'brake'],
    ],
    ['a maximum is not there before its window', '12:29', [brake], [2, 60, undefined, undefined]],
  ])('%s', (_, time, bounds, expected) => {
    expect(limits(time, bounds)).toEqual(expected)
  })
})
