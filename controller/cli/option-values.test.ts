import { describe, expect, test } from 'vitest'

import {
  duration,
  namesOf,
  percentage,
  positiveNumber,
  probability,
  replicaCount,
  startUp,
} from './option-values.ts'

describe.each<[string, (text: string) => unknown, [string, unknown][], string[]]>([
  ['duration', duration, [['1m30s', 90]], ['0s', '90', 'x']],
  [
    'start-up',
    startUp,
    [
      ['1m30s', { medianSeconds: 90, logSd: 0 }],
      ['p50=2m,p90=2m', { medianSeconds: 120, logSd: 0 }],
      ['p50=2m, p95=4m', { medianSeconds: 120, logSd: expect.closeTo(0.4214, 4) as number }],
    ],
    [
      '0s',
      '90',
      'p90=4m',
      'p90=4m,p50=2m',
      'p50=2m,p40=4m',
      'p50=4m,p90=2m',
      'p50=0s,p90=2m',
    ].concat(['p50=2m,p90=', 'p50=2m,p90=4m,p99=9m', 'p50=1s,p90=1h']),
  ],
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
