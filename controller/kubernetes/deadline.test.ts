import { getEventListeners } from 'node:events'

import { describe, expect, it } from 'vitest'

import { withDeadline } from './deadline.ts'

const hang = () => new Promise<never>(() => undefined)

describe('withDeadline', () => {
  it('gives what is done in time, and leaves no listener behind', async () => {
    const { signal } = new AbortController()
    expect(await withDeadline(signal, 10_000, () => Promise.resolve(1))).toBe(1)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('ends what does not listen', async () => {
    const run = withDeadline(new AbortController().signal, 5, hang)
    await expect(run).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  it('ends with the caller, and tells what is under way', async () => {
    const caller = new AbortController()
    let inner: AbortSignal | undefined
    const run = withDeadline(caller.signal, 10_000, (signal) => {
      inner = signal
      return hang()
    })
    caller.abort(new Error('enough'))
    await expect(run).rejects.toThrow('enough')
    expect(inner?.aborted).toBe(true)
  })

  it('does not begin for a caller who has given up', async () => {
    const run = withDeadline(AbortSignal.abort(new Error('enough')), 10_000, () => {
      throw new Error('begun')
    })
    await expect(run).rejects.toThrow('enough')
  })
})
