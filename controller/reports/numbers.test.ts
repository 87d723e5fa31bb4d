import { describe, expect, test } from 'vitest'

import { amount, figure, minutes, percent, timeSpan } from './numbers.ts'

describe.each<[string, (value: number) => string, [number, string][]]>([
  [
    'amount',
    amount,
    [
      [0, '0'],
      [1.25, '1.3'],
      [99.94, '99.9'],
      [1234.5, '1,235'],
    ],
  ],
  [
    'figure',
    figure,
    [
      [120.7, '120.7'],
      [0.0001234567, '0.0001235'],
      [1234567, '1,235,000'],
    ],
  ],
  [
    'percent',
    percent,
    [
      [0, '0 %'],
      [0.004, '< 0.01 %'],
      [0.066, '0.07 %'],
      [1, '1 %'],
      [40.39, '40.4 %'],
    ],
  ],
  [
    'timeSpan',
    timeSpan,
    [
      [0, '0 s'],
      [90, '1 m 30 s'],
      [604_800, '7 d'],
      [93_784, '1 d 2 h 3 m 4 s'],
    ],
  ],
  [
    'minutes',
    minutes,
    [
      [1, '1 minute'],
      [0, '0 minutes'],
      [1500, '1,500 minutes'],
      [0.98, '1 minute'],
    ],
  ],
])('%s', (_, write, cases) => {
  test.each(cases)('%s', (value, text) => {
    expect(write(value)).toBe(text)
  })
})
