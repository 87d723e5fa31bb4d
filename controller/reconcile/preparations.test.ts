import { describe, expect, it } from 'vitest'
import { PreparationQueue } from './preparations.ts'
import type { Prepared } from './prepare.ts'

const NONE: Prepared = { notLive: { reason: 'NoSeries', message: 'nothing' } }
const ORDER: Record<string, number> = { a: 0.9, b: 0.1, c: 0.5 }

describe('preparations', () => {
  it('run no more than the limit at a time, in their order, and are told once', async () => {
    const { queue, begun, finish, done } = queueOf(1)
    for (const id of ['a', 'c', 'b'])
      expect(await queue.ask({ id, version: 1 }, task(id))).toBeNull()
    expect(begun).toEqual(['a'])
    finish('a')
    await settled()
    expect(begun).toEqual(['a', 'b'])
    finish('b')
    await settled()
    expect(begun).toEqual(['a', 'b', 'c'])
    expect(done).toEqual(['a', 'b'])
    expect(await queue.ask({ id: 'b', version: 1 }, task('b'))).toBe(NONE)
    expect(await queue.ask({ id: 'b', version: 1 }, task('b'))).toBeNull()

    function task(id: string) {
      return () => begin(id, begun, finish)
    }
  })

  it('throw what they ended with, and can be asked for again', async () => {
    const { queue } = queueOf(1)
    const broken = () => Promise.reject(new Error('broken'))
    expect(await queue.ask({ id: 'a', version: 1 }, broken)).toBeNull()
    await settled()
    await expect(queue.ask({ id: 'a', version: 1 }, broken)).rejects.toThrow('broken')
    expect(await queue.ask({ id: 'a', version: 1 }, () => Promise.resolve(NONE))).toBeNull()
    await settled()
    expect(await queue.ask({ id: 'a', version: 1 }, broken)).toBe(NONE)
  })

  it('are given up for another version, and when they are dropped', async () => {
    const { queue } = queueOf(3)
    const signals: AbortSignal[] = []
    const hanging = (signal: AbortSignal) => {
      signals.push(signal)
      return new Promise<Prepared>(() => undefined)
    }
    await queue.ask({ id: 'a', version: 1 }, hanging)
    await settled()
    await queue.ask({ id: 'a', version: 2 }, hanging)
    await settled()
    queue.drop('a')
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true])
  })
})

/** A queue whose tasks end when the test says so. */
function queueOf(limit: number) {
  const begun: string[] = []
  const done: string[] = []
  const ends = new Map<string, () => void>()
  const finish = Object.assign((id: string) => ends.get(id)?.(), { ends })
  const queue = new PreparationQueue(
    limit,
    (id) => ORDER[id] ?? 0,
    (id) => done.push(id),
  )
  return { queue, begun, finish, done }
}

function begin(
  id: string,
  begun: string[],
  { ends }: { ends: Map<string, () => void> },
): Promise<Prepared> {
  begun.push(id)
  const { promise, resolve } = Promise.withResolvers<Prepared>()
  ends.set(id, () => {
    resolve(NONE)
  })
  return promise
}

function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
