import fc from 'fast-check'
import { expect, test } from 'vitest'

import { parsePercent } from './percent.ts'

test.each([
  ['0.5%', 0.005],
  ['0%', 0],
  ['99.5%', 0.995],
  ['100%', 1],
  ['7%', 0.07],
  ['0.000001%', 1e-8],
])('%s is %d', (text, share) => {
  expect(parsePercent(text)).toBe(share)
})

test.each([
  '',
  '%',
  '5',
  '0.5',
  '-1%',
  '+1%',
  '.5%',
  '5.%',
  '1e1%',
  '100.1%',
  '1000%',
  ' 5%',
  '5 %',
])('%j is no percentage', (text) => {
  expect(parsePercent(text)).toBeUndefined()
})

test('every percentage with up to six decimals is read, and rounded once', () => {
  fc.assert(
    fc.property(fc.nat(100_000_000), (millionths) => {
      expect(parsePercent(`${(millionths / 1e6).toFixed(6)}%`)).toBe(Number(`${millionths}e-8`))
    }),
  )
})
