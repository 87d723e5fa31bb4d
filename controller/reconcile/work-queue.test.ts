import fc from 'fast-check'
import { expect, test } from 'vitest'

import { WorkQueue } from './work-queue.ts'

const turn = (): Promise<unknown> => new Promise(setImmediate)

test('no id twice at a time, no more than the limit at once, and what is added is run after it', async () => {
  const steps = fc.array(fc.tuple(fc.nat({ max: 5 }), fc.boolean(), fc.boolean()), {
    maxLength: 40,
  })
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 1, max: 3 }), async (adds, limit) => {
      const running = new Set<string>()
      const begun = new Map<string, number>()
      let clock = 0
      const queue = new WorkQueue(limit, async (id) => {
        expect(running.has(id)).toBe(false)
        running.add(id)
        expect(running.size).toBeLessThanOrEqual(limit)
        begun.set(id, clock++)
        await turn()
        running.delete(id)
        if (id === '0') throw new Error('broken')
      })
      const asked = new Map<string, number>()
      for (const [id, urgent, wait] of adds) {
        asked.set(String(id), clock++)
        void queue.add(String(id), urgent)
        if (wait) await turn()
      }
      for (let i = 0; i < 2 * adds.length + 4; i++) await turn()
      for (const [id, at] of asked) expect(begun.get(id) ?? -1).toBeGreaterThan(at)
      expect(running.size).toBe(0)
    }),
    { numRuns: 50 },
  )
})

test('urgent work goes before what waits', async () => {
  const order: string[] = []
  const queue = new WorkQueue(1, async (id) => {
    order.push(id)
    await turn()
  })
  void queue.add('a')
  const last = queue.add('b')
  void queue.add('c')
  await queue.add('c', true)
  await last
  expect(order).toEqual(['a', 'c', 'b'])
})

test('draining drops what waits and lets what runs end', async () => {
  const order: string[] = []
  const queue = new WorkQueue(1, async (id) => {
    await turn()
    order.push(id)
  })
  const waiting = [queue.add('a'), queue.add('b')]
  await queue.drain()
  await Promise.all(waiting)
  expect(order).toEqual(['a'])
})
