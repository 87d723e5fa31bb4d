import { expect, test } from 'vitest'

import { createManualTiming } from '../kubernetes/fake-collection.ts'
import { createWriteBudget } from './write-budget.ts'

test('a burst goes at once, then so many a second, in the order asked', async () => {
  const timing = createManualTiming()
  const { signal } = new AbortController()
  const budget = createWriteBudget(timing, 10, 5)
  const passed: number[] = []
  for (let i = 0; i < 8; i++) void budget.take(signal).then(() => passed.push(i))
  await timing.advance(0)
  expect(passed).toEqual([0, 1, 2, 3, 4])
  await timing.advance(200)
  expect(passed).toEqual([0, 1, 2, 3, 4, 5, 6])
  await timing.advance(10_000)
  for (let i = 8; i < 20; i++) void budget.take(signal).then(() => passed.push(i))
  await timing.advance(0)
  expect(passed).toHaveLength(13)
})

test('whoever gives up waits no more', async () => {
  const timing = createManualTiming()
  const stop = new AbortController()
  const budget = createWriteBudget(timing, 1, 1)
  await budget.take(stop.signal)
  const late = budget.take(stop.signal)
  stop.abort(new Error('stopped'))
  await expect(late).rejects.toThrow('stopped')
})
