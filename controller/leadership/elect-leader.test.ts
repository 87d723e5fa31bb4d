import fc from 'fast-check'
import { expect, test } from 'vitest'

import { createManualTiming } from '../kubernetes/fake-collection.ts'
import type { Timing } from '../kubernetes/timing.ts'
import { electLeader, type Hold } from './elect-leader.ts'
import { createFakeLease, type FakeLease } from './fake-lease.ts'
import { STOP_WRITES_ANNOTATION } from './lease-record.ts'

interface Candidate {
  hold: Hold | null
  stop: AbortController
  api: ReturnType<FakeLease['client']>
  ended: Promise<void>
  trouble: string[]
}

/** Uniform in [0, 1), the same for the same seed: Park and Miller's generator. */
function dice(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647
}

/** The same time, running a little fast or slow, as a quartz does. */
function skewed(timing: Timing, rate: number, random: () => number): Timing {
  return {
    monotonicMs: () => timing.monotonicMs() * rate,
    sleep: (ms, signal) => timing.sleep(ms / rate, signal),
    random,
  }
}

function candidate(lease: FakeLease, name: string, timing: Timing, latencyMs = () => 5): Candidate {
  const api = lease.client(timing, latencyMs)
  const stop = new AbortController()
  const made: Candidate = { hold: null, stop, api, ended: Promise.resolve(), trouble: [] }
  made.ended = electLeader(
    {
      ...{ api, namespace: 'foresail', name: 'foresail-0', identity: name, timing },
      wallMs: () => timing.monotonicMs(),
      onTrouble: (message) => made.trouble.push(message),
    },
    async (hold) => {
      made.hold = hold
      await new Promise((resolve) => {
        if (hold.signal.aborted) resolve(undefined)
        hold.signal.addEventListener('abort', resolve)
      })
      made.hold = null
    },
    stop.signal,
  )
  return made
}

/** What it may still write by its lease, in its own time. */
const writes = ({ hold }: Candidate, timing: Timing): boolean =>
  hold !== null && !hold.signal.aborted && timing.monotonicMs() < hold.coveredUntilMs()

test('one leads; when it stops it gives the lease back, and the other leads within a few seconds', async () => {
  const timing = createManualTiming()
  const lease = createFakeLease()
  const first = candidate(lease, 'first', timing)
  await timing.advance(1000)
  const second = candidate(lease, 'second', timing)
  await timing.advance(60_000)
  expect(writes(first, timing)).toBe(true)
  expect(second.hold).toBeNull()
  first.stop.abort()
  await timing.advance(100)
  await first.ended
  expect(lease.stored?.spec.holderIdentity).toBe('')
  await timing.advance(5000)
  expect(writes(second, timing)).toBe(true)
  expect(lease.stored?.spec.leaseTransitions).toBe(1)
  second.stop.abort()
  await timing.advance(5000)
})

test('a leader that is killed is followed within 20 s, and not before its lease has run out', async () => {
  const timing = createManualTiming()
  const lease = createFakeLease()
  const first = candidate(lease, 'first', timing)
  const second = candidate(lease, 'second', timing)
  await timing.advance(30_000)
  const [killed, other] = first.hold === null ? [second, first] : [first, second]
  killed.api.cutOff = true
  await timing.advance(13_000)
  expect(other.hold).toBeNull()
  await timing.advance(7000)
  expect(writes(other, timing)).toBe(true)
  expect(killed.hold).toBeNull()
  for (const one of [first, second]) one.stop.abort()
  await timing.advance(10_000)
})

test('the kill switch on the lease is seen at the next renewal, and stays through it', async () => {
  const timing = createManualTiming()
  const lease = createFakeLease()
  const only = candidate(lease, 'only', timing)
  await timing.advance(1000)
  expect(only.hold?.writesStopped()).toBe(false)
  if (lease.stored !== null) {
    lease.stored.metadata.annotations = { [STOP_WRITES_ANNOTATION]: 'true' }
    lease.stored.metadata.resourceVersion = 'changed'
  }
  await timing.advance(2500)
  expect(only.hold?.writesStopped()).toBe(true)
  await timing.advance(60_000)
  expect(lease.stored?.metadata.annotations).toEqual({ [STOP_WRITES_ANNOTATION]: 'true' })
  expect(writes(only, timing)).toBe(true)
  only.stop.abort()
  await timing.advance(5000)
})

test('whatever the latency, cuts and clock rates: no two may write at one time', async () => {
  const lost = fc.array(
    fc.record({
      who: fc.nat({ max: 2 }),
      cutOff: fc.boolean(),
      forMs: fc.integer({ min: 500, max: 30_000 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  const rates = fc.tuple(...[0, 1, 2].map(() => fc.double({ min: 0.95, max: 1.05, noNaN: true })))
  await fc.assert(
    fc.asyncProperty(lost, rates, fc.nat(), async (cuts, rate, seed) => {
      const timing = createManualTiming()
      const random = dice(seed)
      const lease = createFakeLease()
      const clocks = rate.map((one) => skewed(timing, one, random))
      const all = clocks.map((clock, i) => candidate(lease, `c${i}`, clock, () => random() * 2000))
      let led = 0
      for (const { who, cutOff, forMs } of cuts) {
        const hit = all[who]
        if (hit !== undefined) hit.api.cutOff = cutOff
        for (let passed = 0; passed < forMs; passed += 500) {
          await timing.advance(500)
          const writing = all.filter((one, i) => writes(one, clocks[i] ?? timing))
          expect(writing.length).toBeLessThanOrEqual(1)
          led += writing.length
        }
      }
      for (const { api } of all) api.cutOff = false
      await timing.advance(40_000)
      led += all.filter((one, i) => writes(one, clocks[i] ?? timing)).length
      expect(led).toBeGreaterThan(0)
      for (const { stop } of all) stop.abort()
      await timing.advance(60_000)
      await Promise.all(all.map(({ ended }) => ended))
    }),
    { numRuns: 40, endOnFailure: true },
  )
})
