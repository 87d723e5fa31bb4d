import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  defaultWatchLimits,
  firstWatchState,
  next,
  type WatchEvent,
  type WatchState,
  waitMs,
} from './watch-state.ts'

const position = { resourceVersion: '7', listedAtMs: 1_000 }
const listing = (failures: number): WatchState => ({ phase: 'listing', failures })
const watching = (failures: number): Extract<WatchState, { phase: 'watching' }> => ({
  phase: 'watching',
  failures,
  ...position,
})
const waiting = (
  failures: number,
  resume: typeof position | 'list',
  atLeastMs = 0,
): Extract<WatchState, { phase: 'waiting' }> => ({ phase: 'waiting', failures, resume, atLeastMs })
const stopped: WatchState = { phase: 'stopped' }

const listed: WatchEvent = { type: 'listed', resourceVersion: '7', atMs: 1_000 }
const heard: WatchEvent = { type: 'heard', resourceVersion: '8' }
const ended = (livedMs: number, atMs = 2_000): WatchEvent => ({ type: 'ended', livedMs, atMs })
const failed = (livedMs: number, retryAfterMs = 0, atMs = 2_000): WatchEvent => ({
  type: 'failed',
  atMs,
  livedMs,
  retryAfterMs,
})
const gone = (livedMs: number): WatchEvent => ({ type: 'gone', livedMs })

describe('next', () => {
  const table: [string, WatchState, WatchEvent, WatchState][] = [
    ['a list begins the watch', listing(0), listed, watching(0)],
    ['a list after failures does not forget them', listing(3), listed, watching(3)],
    ['a failed list is tried again', listing(0), failed(0), waiting(1, 'list')],
    ['the server asks for patience', listing(0), failed(0, 9_000), waiting(1, 'list', 9_000)],
    ['a list that took too long', listing(0), gone(0), waiting(1, 'list')],
    ['an event moves on', watching(2), heard, { ...watching(2), resourceVersion: '8' }],
    ['the usual end goes on at once', watching(0), ended(300_000), watching(0)],
    ['a healthy minute forgets failures', watching(4), ended(60_000), watching(0)],
    ['a shorter life does not', watching(4), ended(59_999), watching(4)],
    ['an end at once is a failure', watching(0), ended(10), waiting(1, position)],
    ['time to list again', watching(0), ended(300_000, 601_000), listing(0)],
    ['a broken watch goes on where it was', watching(0), failed(10), waiting(1, position)],
    ['after a healthy minute it is the first', watching(3), failed(60_000), waiting(1, position)],
    ['the fifth failure doubts the position', watching(4), failed(10), waiting(5, 'list')],
    ['so do five ends at once', watching(4), ended(10), waiting(5, 'list')],
    [
      'time to list, also where it only breaks',
      watching(0),
      failed(70_000, 0, 601_000),
      waiting(1, 'list'),
    ],
    ['and where it only ends at once', watching(1), ended(10, 601_000), waiting(2, 'list')],
    ['a lost position is listed at once', watching(0), gone(10), listing(1)],
    ['but not time and again', watching(1), gone(10), waiting(2, 'list')],
    ['waiting ends in a list', waiting(2, 'list'), { type: 'woke' }, listing(2)],
    ['or in the watch', waiting(2, position), { type: 'woke' }, watching(2)],
    ['stop from listing', listing(0), { type: 'stopped' }, stopped],
    ['stop from watching', watching(0), { type: 'stopped' }, stopped],
    ['stop from waiting', waiting(1, 'list'), { type: 'stopped' }, stopped],
    ['nothing starts it again', stopped, listed, stopped],
    ['an event that cannot be: woke while listing', listing(1), { type: 'woke' }, listing(1)],
    ['listed while watching', watching(1), listed, watching(1)],
    ['heard while waiting', waiting(1, 'list'), heard, waiting(1, 'list')],
  ]
  it.each(table)('%s', (_name, state, event, expected) => {
    expect(next(state, event)).toEqual(expected)
  })

  const anyEvent = fc.oneof(
    fc.constant(listed),
    fc.constant(heard),
    fc.record({ type: fc.constant('ended' as const), livedMs: fc.nat(400_000), atMs: fc.nat(2e6) }),
    fc.record({
      type: fc.constant('failed' as const),
      atMs: fc.nat(2e6),
      livedMs: fc.nat(400_000),
      retryAfterMs: fc.nat(5_000),
    }),
    fc.record({ type: fc.constant('gone' as const), livedMs: fc.nat(400_000) }),
    fc.constant<WatchEvent>({ type: 'woke' }),
  )

  it('never loops without a pause: two requests that failed at once have a wait between them', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        let state = firstWatchState
        let quickFailures = 0
        for (const event of events) {
          const requested = state.phase === 'listing' || state.phase === 'watching'
          const quick = event.type !== 'listed' && 'livedMs' in event && event.livedMs < 5_000
          const after = next(state, event)
          if (after === state) continue
          if (requested && quick) quickFailures += 1
          if (after.phase === 'waiting' || event.type === 'listed' || !quick) quickFailures = 0
          expect(quickFailures).toBeLessThanOrEqual(1)
          state = after
        }
      }),
    )
  })
})

describe('waitMs', () => {
  it.each([
    [1, 0, 500],
    [1, 0.999_999, 1_000],
    [2, 0.999_999, 2_000],
    [4, 0, 4_000],
    [6, 0.999_999, 30_000],
    [60, 0.5, 22_500],
  ])('after %d failures with chance %d is about %d ms', (failures, random, expected) => {
    expect(waitMs(waiting(failures, 'list'), random)).toBeCloseTo(expected, 0)
  })

  it('is never shorter than the server asked for', () => {
    expect(waitMs(waiting(1, 'list', 45_000), 0.5, defaultWatchLimits)).toBe(45_000)
  })

  it('is five minutes at most, whatever the server asks for', () => {
    expect(waitMs(waiting(1, 'list', 86_400_000), 0.5)).toBe(300_000)
  })
})
