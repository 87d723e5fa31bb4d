import { describe, expect, test } from 'vitest'

import {
  duration,
  namesOf,
  percentage,
  positiveNumber,
  probability,
  replicaCount,
} from './option-values.ts'

describe.each<[string, (text: string) => unknown, [string, unknown][], string[]]>([
  ['duration', duration, [['1m30s', 90]], ['0s', '90', 'x']],
  [
    'positive number',
    positiveNumber,
    [
      ['2.5', 2.5],
      ['1e3', 1000],
    ],
    ['0', '-1', 'x', '', '1e999', 'Infinity'],
  ],
  ['replicas', replicaCount, [['1', 1]], ['0', '1.5', '-1', '1e3', '9999999', '']],
  [
    'percentage',
    percentage('0.001%', '50%'),
    [
      ['1%', 0.01],
      ['50%', 0.5],
    ],
    ['0%', '51%', '1', '1 %', ''],
  ],
  ['probability', probability, [['0.99', 0.99]], ['1', '0.4', '99%', '']],
  [
    'names',
    namesOf(['a', 'b']),
    [
      ['b, a', ['a', 'b']],
      ['b', ['b']],
    ],
    ['c', '', 'a,,b'],
  ],
])('%s', (_, parse, good, bad) => {
  test.each(good)('%s', (text, value) => {
    expect(parse(text)).toEqual(value)
  })
  test.each(bad)('not "%s"', (text) => {
    expect(() => parse(text)).toThrow()
  })
})
