import { expect, test } from 'vitest'

import { riskOf, riskSchema } from './risk.ts'

test.each([
  [undefined, { kind: 'budget', violationShare: 0.005 }],
  [{ violationBudget: '2.5%' }, { kind: 'budget', violationShare: 0.025 }],
  [{ violationPrice: '50' }, { kind: 'price', violationPrice: 50 }],
  [{ violationPrice: 50 }, { kind: 'price', violationPrice: 50 }],
  [{ violationPrice: '500m' }, { kind: 'price', violationPrice: 0.5 }],
  [{ quantile: '0.99' }, { kind: 'quantile', probability: 0.99 }],
])('%o is %o', (written, risk) => {
  expect(riskOf(riskSchema.parse(written))).toEqual(risk)
})

test('a risk that went past the schema is no number', () => {
  expect(() => riskOf({})).toThrow(RangeError)
  expect(() => riskOf({ violationBudget: 'much' })).toThrow(RangeError)
  expect(() => riskOf({ violationPrice: 'much' })).toThrow(RangeError)
})
