import { describe, expect, test } from 'vitest'

import { type Terminal, whileWorking } from './progress.ts'

/** A terminal whose clock goes on by `stepMs` with each look at it. */
function terminal(stepMs: number, changed: Partial<Terminal> = {}) {
  const written: string[] = []
  let atMs = 0
  const watched: Terminal = {
    stderr: { isTTY: true, columns: 60, write: (text) => written.push(text) },
    environment: {},
    nowMs: () => (atMs += stepMs),
    ...changed,
  }
  return { watched, written }
}

function work(shares: readonly number[], { watched, written }: ReturnType<typeof terminal>) {
  const result = whileWorking(
    'replaying t.csv',
    (tell) => {
      for (const share of shares) tell('foresail', share)
      return 'done'
    },
    watched,
  )
  expect(result).toBe('done')
  return written
}

const QUARTERS = [0, 0.25, 0.5, 0.75, 1]

describe('progress', () => {
  test('is drawn from a second on, each in place of the one before, and taken away', () => {
    expect(work(QUARTERS, terminal(400))).toEqual([
      '\r\u001b[2K████████████░░░░░░░░░░░░  50 %  foresail, replaying t.csv',
      '\r\u001b[2K██████████████████░░░░░░  75 %  foresail, replaying t.csv',
      '\r\u001b[2K████████████████████████ 100 %  foresail, replaying t.csv',
      '\r\u001b[2K',
    ])
  })

  test('draws nothing, and takes nothing away, for what is over within a second', () => {
    expect(work(QUARTERS, terminal(100))).toEqual([])
  })

  test('is not redrawn at every word', () => {
    const many = Array.from({ length: 1100 }, (_, i) => i / 1100)
    // 1000 ms of patience, then 100 ms: two drawings, and their end.
    expect(work(many, terminal(1))).toHaveLength(3)
  })

  test('never wraps', () => {
    const narrow = terminal(400)
    narrow.watched.stderr.columns = 30
    for (const text of work(QUARTERS, narrow)) {
      expect(text.replace('\r\u001b[2K', '').length).toBeLessThan(30)
    }
  })

  test.each<[string, Partial<Terminal>]>([
    ['a pipe', { stderr: { write: () => expect.unreachable() } }],
    ['a CI job', { environment: { CI: 'true' } }],
    ['a dumb terminal', { environment: { TERM: 'dumb' } }],
  ])('is nothing for %s', (_, changed) => {
    expect(work(QUARTERS, terminal(400, changed))).toEqual([])
  })

  test('is taken away when the work fails', () => {
    const { watched, written } = terminal(2000)
    const failing = () =>
      whileWorking(
        'Replaying',
        (tell) => {
          tell('hpa', 0.5)
          throw new Error('no')
        },
        watched,
      )
    expect(failing).toThrow('no')
    expect(written.at(-1)).toBe('\r\u001b[2K')
  })
})
