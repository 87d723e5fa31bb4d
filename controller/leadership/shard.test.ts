import fc from 'fast-check'
import { expect, test } from 'vitest'

import { shardOf } from './shard.ts'

test('the shards of known names never change: another version must not move them', () => {
  const names = ['shop-web', 'cart', 'search'].map((name) => ({ namespace: 'shop', name }))
  expect(names.map((name) => shardOf(name, 8))).toEqual([5, 0, 2])
})

test('every object has one shard, and they are about as large', () => {
  const counts = new Array<number>(8).fill(0)
  for (let i = 0; i < 8000; i++) {
    const shard = shardOf({ namespace: `ns-${i % 40}`, name: `web-${i}` }, 8)
    counts[shard] = (counts[shard] ?? 0) + 1
  }
  expect(Math.min(...counts)).toBeGreaterThan(850)
  expect(Math.max(...counts)).toBeLessThan(1150)
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.integer({ min: 1, max: 64 }), (namespace, name, n) => {
      const shard = shardOf({ namespace, name }, n)
      expect(shard >= 0 && shard < n).toBe(true)
    }),
  )
})
