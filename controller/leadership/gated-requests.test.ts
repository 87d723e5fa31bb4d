import { beforeEach, expect, test } from 'vitest'

import type { ApiRequest } from '../kubernetes/api-request.ts'
import { createManualTiming } from '../kubernetes/fake-collection.ts'
import { gatedRequests, type WriteOutcome } from './gated-requests.ts'
import { createWriteBudget } from './write-budget.ts'

const { signal } = new AbortController()
let sent: { path: string; deadlineMs: number | undefined }[]
let refusal: string | null
let outcomes: WriteOutcome[]
let failing: Error | null
let timing: ReturnType<typeof createManualTiming>

beforeEach(() => {
  sent = []
  outcomes = []
  refusal = null
  failing = null
  timing = createManualTiming()
})

function gated(coveredMs = Infinity) {
  const api = {
    request: ({ path }: ApiRequest, _signal: AbortSignal, deadlineMs?: number) => {
      sent.push({ path, deadlineMs })
      return failing === null ? Promise.resolve({}) : Promise.reject(failing)
    },
    open: () => Promise.reject(new Error('not asked for here')),
  }
  return gatedRequests(api, {
    refusal: () => refusal,
    coveredMs: () => coveredMs,
    budget: createWriteBudget(timing, 1, 1),
    onWrite: (outcome) => outcomes.push(outcome),
  })
}

test('reading is always allowed', async () => {
  refusal = 'this is a dry run'
  await gated().request({ path: '/a' }, signal)
  expect(sent).toHaveLength(1)
  expect(outcomes).toEqual([])
})

test.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)(
  '%s is sent while allowed, else refused unsent',
  async (method) => {
    const api = gated()
    await api.request({ method, path: '/a' }, signal)
    refusal = 'this is a dry run'
    await expect(api.request({ method, path: '/a' }, signal)).rejects.toThrow(
      `${method} /a: not written, this is a dry run`,
    )
    expect(sent).toHaveLength(1)
    expect(outcomes).toEqual(['written', 'refused'])
  },
)

test('the lease is looked at again after a wait for the budget', async () => {
  const api = gated()
  await api.request({ method: 'PATCH', path: '/a' }, signal)
  const late = api.request({ method: 'PATCH', path: '/b' }, signal)
  refusal = 'this process leads no more'
  const refused = expect(late).rejects.toThrow('leads no more')
  await timing.advance(2000)
  await refused
  expect(sent.map(({ path }) => path)).toEqual(['/a'])
})

test('a write ends before the lease does', async () => {
  await gated(700).request({ method: 'PATCH', path: '/a' }, signal)
  expect(sent[0]?.deadlineMs).toBe(700)
})

test('a write that fails is counted as such', async () => {
  failing = new Error('no')
  await expect(gated().request({ method: 'PATCH', path: '/a' }, signal)).rejects.toThrow('no')
  expect(outcomes).toEqual(['failed'])
})
