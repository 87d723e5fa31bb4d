import { expect, test } from 'vitest'

import { threshold, thresholdHelp } from './threshold-option.ts'

test.each([
  ['violations<=1%', 'violations', '<=', 1],
  ['violations <= 0.5 %', 'violations', '<=', 0.5],
  ['savings_vs_hpa>=-2.5%', 'savings_vs_hpa', '>=', -2.5],
  ['longest_shortage<5m', 'longest_shortage', '<', 300],
  ['longest_shortage<=0s', 'longest_shortage', '<=', 0],
  ['replica_hours>1500.5', 'replica_hours', '>', 1500.5],
  ['coverage_p95>=94%', 'coverage_p95', '>=', 94],
])('%s', (text, name, operator, value) => {
  const [asked] = threshold(text)
  expect(asked).toMatchObject({ text, metric: { name }, operator, value })
})

test('one after the other', () => {
  const both = threshold('scale_events<200', threshold('violations<1%'))
  expect(both.map(({ text }) => text)).toEqual(['violations<1%', 'scale_events<200'])
})

test.each([
  ['', 'Write metric, operator and value'],
  ['violations', 'Write metric, operator and value'],
  ['violations 1%', 'Write metric, operator and value'],
  ['violation<=1%', 'Did you mean violations? The metrics are violations, demand_short,'],
  ['cost<=1', '"cost" is no metric. The metrics are violations,'],
  ['violations==1%', '"==" is none of <= < >= >'],
  ['violations<=1', 'violations is compared with a percentage such as 1%, not with "1"'],
  ['longest_shortage<5', 'longest_shortage is compared with a duration such as 5m'],
  ['scale_events<10%', 'scale_events is compared with a number such as 1.5'],
  ['scale_events<1e9x', 'scale_events is compared with a number such as 1.5'],
])('not "%s"', (text, message) => {
  expect(() => threshold(text)).toThrow(message)
})

test('the help says what each metric is', () => {
  expect(thresholdHelp().split('\n')).toHaveLength(20)
  expect(thresholdHelp()).toMatch(/^ {2}violations +1% +scored time/)
})
