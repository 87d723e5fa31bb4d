import { expect, test } from 'vitest'

import { createHeartbeat } from './heartbeat.ts'

test('three intervals without a beat are borne, more are not, and a beat heals', () => {
  let now = 1000
  const heartbeat = createHeartbeat(60, () => now)
  now += 180
  expect(heartbeat.verdict()).toEqual({ ok: true })
  now += 1
  expect(heartbeat.verdict()).toEqual({
    ok: false,
    why: 'no reconcile finished for 181 s; one is due every 60 s',
  })
  heartbeat.beat()
  expect(heartbeat.verdict()).toEqual({ ok: true })
})
