import { expect, test } from 'vitest'

import { type Condition, findCondition, type Statement, setCondition } from './conditions.ts'

const earlier = '2026-11-24T10:00:00Z'
const later = '2026-11-24T10:01:00Z'

const ready: Statement = {
  type: 'Ready',
  status: 'True',
  reason: 'Acting',
  message: 'The floor follows the plan.',
  observedGeneration: 3,
}
const standing: readonly Condition[] = setCondition([], ready, earlier)

test('a first statement is added', () => {
  expect(standing).toEqual([{ ...ready, lastTransitionTime: earlier }])
})

test('saying the same again changes nothing at all', () => {
  expect(setCondition(standing, ready, later)).toBe(standing)
})

test.each<Partial<Statement>>([
  { reason: 'Observing' },
  { message: 'Other words.' },
  { observedGeneration: 4 },
])('%o keeps the time of the last transition', (change) => {
  const after = setCondition(standing, { ...ready, ...change }, later)
  expect(after).toEqual([{ ...ready, ...change, lastTransitionTime: earlier }])
})

test('another status moves the time of the last transition', () => {
  const after = setCondition(standing, { ...ready, status: 'Unknown' }, later)
  expect(after).toEqual([{ ...ready, status: 'Unknown', lastTransitionTime: later }])
})

test('a generation that is not known is left out', () => {
  const [condition] = setCondition([], { ...ready, observedGeneration: undefined }, earlier)
  expect(condition).not.toHaveProperty('observedGeneration')
})

test('other conditions, and the list given, stay as they are', () => {
  const paused: Statement = { ...ready, type: 'Paused', status: 'False', reason: 'NotPaused' }
  const both = setCondition(standing, paused, later)
  expect(both).toHaveLength(2)
  const after = setCondition(both, { ...ready, status: 'False' }, later)
  expect(findCondition(after, 'Paused')).toBe(findCondition(both, 'Paused'))
  expect(findCondition(standing, 'Ready')?.status).toBe('True')
  expect(findCondition(standing, 'Predictable')).toBeUndefined()
})
