import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { MemoryState } from '../sandbox/memory-state.ts'
import { ShopWorld } from '../sandbox/shop-world.ts'
import { conditionsOf } from './conditions-of.ts'
import { keepAtStop, keepState } from './keep-state.ts'
import type { RangeAnswer } from './ports.ts'
import type { SyncView } from './view.ts'

const MINUTE = 60
/** A Monday, 09:00 UTC. */
const START = Date.UTC(2026, 0, 12, 9) / 1000
const DOWN = { kind: 'error', reason: 'Unreachable', message: 'refused' } as const
const signal = new AbortController().signal

/** What a controller that ran from 09:00 to 09:02 leaves behind. */
let left: { texts: MemoryState['texts']; floor: number; finalizers: string[] | undefined }
let shop: ShopWorld

beforeAll(async () => {
  const before = new ShopWorld()
  await runTo(before, START + 2 * MINUTE)
  left = {
    texts: { ...before.state.texts },
    floor: before.hpa.minReplicas,
    finalizers: before.scaler.metadata.finalizers,
  }
})

beforeEach(() => {
  shop = new ShopWorld()
  shop.state.texts = { ...left.texts }
  shop.hpa.minReplicas = left.floor
  shop.hpa.guardUtilization = 85
  if (left.finalizers !== undefined) shop.scaler.metadata.finalizers = [...left.finalizers]
})

describe('restarted while Prometheus is down', () => {
  beforeEach(() => {
    shop.source.fault = DOWN
  })

  it('gives the guard back at once, and holds the last floor', async () => {
    await shop.syncAt(START + 3 * MINUTE + 5)
    expect([shop.hpa.minReplicas, shop.hpa.guardUtilization]).toEqual([left.floor, 70])
  })

  it('follows the stored plan upwards, and never falls while it holds', async () => {
    let before = left.floor
    for (let minute = 3; minute < 600; minute += 5) {
      await shop.syncAt(START + minute * MINUTE + 5)
      expect(shop.hpa.minReplicas).toBeGreaterThanOrEqual(before)
      before = shop.hpa.minReplicas
    }
    // Noon needs some twenty; at nine it was about fourteen.
    expect(left.floor).toBeLessThan(18)
    expect(before).toBeGreaterThanOrEqual(20)
  })

  it('says after fallback.afterSeconds that it acts on the plan, and until when', async () => {
    const early = await shop.syncAt(START + 3 * MINUTE + 5)
    expect(fallback(early)).toMatchObject({ status: 'Unknown', reason: 'NotYetKnown' })
    const late = await shop.syncAt(START + 7 * MINUTE + 5)
    expect(fallback(late)).toMatchObject({ status: 'True', reason: 'ActingOnStoredPlan' })
    // The fit behind it learned until 06:00; it reaches a day, a fit and an hour further.
    expect(fallback(late)?.message).toContain('until 2026-01-13T13:30:00Z')
    expect(shop.events.filter((reason) => reason === 'FallbackStarted')).toHaveLength(1)
  })

  it('gives the floor back once the plan has expired, to an HPA that sees its metrics and to no other', async () => {
    await shop.syncAt(START + 3 * MINUTE + 5)
    shop.hpa.scalingActive = false
    const blind = await shop.syncAt(START + 29 * 3600)
    expect(fallback(blind)).toMatchObject({ status: 'True', reason: 'PlanExpired' })
    expect(shop.hpa.minReplicas).toBeGreaterThanOrEqual(left.floor)
    shop.hpa.scalingActive = true
    await shop.syncAt(START + 29 * 3600 + MINUTE)
    expect(shop.hpa.minReplicas).toBe(2)
  })

  it('does not take a plan that expired long ago for an outage: the history is asked for first', async () => {
    const late = START + 72 * 3600
    await shop.syncAt(late)
    expect(shop.hpa.minReplicas).toBe(left.floor)
    await shop.syncAt(late + 2 * MINUTE)
    expect(shop.hpa.minReplicas).toBe(left.floor)
    await shop.syncAt(late + 4 * MINUTE)
    expect(shop.hpa.minReplicas).toBe(2)
  })

  it.each<[string, RangeAnswer]>([
    ['is back but empty', { kind: 'empty' }],
    ['answers with several series', { kind: 'several', series: ['a', 'b'] }],
  ])('a source that %s lowers nothing either', async (_, fault) => {
    shop.source.fault = fault
    for (let minute = 3; minute < 30; minute++) await shop.syncAt(START + minute * MINUTE + 5)
    expect(shop.hpa.minReplicas).toBeGreaterThanOrEqual(left.floor)
  })

  it('ends as soon as the history can be read: the workload leads again, and raises the guard', async () => {
    for (let minute = 3; minute < 10; minute++) await shop.syncAt(START + minute * MINUTE + 5)
    shop.source.fault = null
    for (let minute = 10; minute < 13; minute++) await shop.syncAt(START + minute * MINUTE + 5)
    const view = await shop.syncAt(START + 13 * MINUTE + 5)
    expect(fallback(view)).toMatchObject({ status: 'False', reason: 'SourceFresh' })
    expect([view.standIn, shop.hpa.guardUtilization]).toEqual([null, 85])
    expect(shop.events.filter((reason) => reason.startsWith('Fallback'))).toEqual([
      'FallbackStarted',
      'FallbackEnded',
    ])
  })

  it('a plan for another demand is not acted on', async () => {
    const [signalOfDemand] = shop.scaler.spec.demand
    if (signalOfDemand?.prometheus) signalOfDemand.prometheus.query = 'sum(another)'
    const view = await shop.syncAt(START + 3 * 3600)
    expect(view.standIn?.decision).toBeNull()
    expect(shop.hpa.minReplicas).toBe(left.floor)
    expect(view.said).toContain('the stored plan is of another demand or target: it is made anew')
  })

  it('windows and events that are in the spec now count', async () => {
    shop.scaler.spec.minReplicas = 30
    const view = await shop.syncAt(START + 3 * MINUTE + 5)
    expect(view.standIn?.decision).toMatchObject({ replicas: 30, reason: 'MinReplicas' })
  })

  it('a store that is out of reach is asked again, and nothing is built meanwhile', async () => {
    shop.source.fault = null
    shop.state.fault = { kind: 'error', reason: 'Unreachable', message: 'refused' }
    const without = await shop.syncAt(START + 3 * MINUTE + 5)
    expect([without.live, without.said]).toEqual([null, ['refused']])
    expect(shop.hpa.minReplicas).toBe(left.floor)
    shop.state.fault = null
    const then = await shop.syncAt(START + 4 * MINUTE + 5)
    expect(then.live).not.toBeNull()
  })
})

it('with its checkpoint and a week of history it goes on as one that never stopped', async () => {
  const end = START + 4 * 3600
  const before = new ShopWorld()
  for (let at = START; at < end; at += MINUTE) await before.syncAt(at + 5)
  const now = { nowMs: end * 1000, startUps: null }
  await keepAtStop(before.state, before.scaler, before.memory, now, signal)
  const after = new ShopWorld()
  after.state.texts = { ...before.state.texts }
  after.hpa.minReplicas = before.hpa.minReplicas
  const apart: number[] = []
  await after.syncAt(end + 5)
  await before.syncAt(end + 5)
  expect(ownTally(after).slots).toBeCloseTo(ownTally(before).slots, 6)
  expect(ownTally(after).violated).toBeCloseTo(ownTally(before).violated, 6)
  for (let at = end + MINUTE; at < end + 6 * 3600; at += MINUTE) {
    const one = (await before.syncAt(at + 5)).live?.deliberation?.decision.replicas
    const other = (await after.syncAt(at + 5)).live?.deliberation?.decision.replicas
    apart.push(Math.abs((one ?? NaN) - (other ?? NaN)))
  }
  // Not to the letter: one remembers the hours before its week, and what it forecast in them by older fits.
  expect(Math.max(...apart)).toBeLessThanOrEqual(1)
  expect(apart.filter((replicas) => replicas > 0).length).toBeLessThan(0.01 * apart.length)
})

describe('what is written', () => {
  it('is plan and checkpoint, once a fit', async () => {
    shop.state.texts = {}
    await runTo(shop, START + 5 * MINUTE)
    expect(shop.state.writes).toEqual([['plan', 'checkpoint']])
    // The fit of 12:00 is in force from 12:30 on; who writes is spread over the ten minutes after.
    for (let minute = 209; minute < 222; minute++) await runTo(shop, START + minute * MINUTE)
    expect(shop.state.writes).toHaveLength(2)
    expect(shop.memory.kept?.plan?.firstSlotAt).toBe('2026-01-12T12:00:00Z')
  })

  it('is written anew at once for another spec', async () => {
    await runTo(shop, START + 5 * MINUTE)
    expect(shop.state.writes).toEqual([])
    shop.scaler.metadata.generation = 2
    await runTo(shop, START + 7 * MINUTE)
    expect(shop.state.writes).toHaveLength(1)
  })

  it('is nothing in mode Observe, which reads nothing either', async () => {
    shop = new ShopWorld({ mode: 'Observe' })
    await runTo(shop, START + 3 * MINUTE)
    expect([shop.state.writes, shop.state.reads]).toEqual([[], 0])
  })

  it('is tried again five minutes after a refusal', async () => {
    shop.state.texts = {}
    await shop.syncAt(START + 3 * MINUTE + 5)
    shop.state.fault = { kind: 'error', reason: 'AccessDenied', message: 'may not' }
    expect(await keep(START + 4 * MINUTE)).toBe('may not')
    shop.state.fault = null
    expect(await keep(START + 8 * MINUTE)).toBeNull()
    expect(shop.state.writes).toEqual([])
    await keep(START + 10 * MINUTE)
    expect(shop.state.writes).toHaveLength(1)
  })

  it('leaves alone what a newer version wrote', async () => {
    const newer = '{"version":2,"anything":1}'
    shop.state.texts = { plan: newer, checkpoint: newer }
    await runTo(shop, START + 5 * MINUTE)
    expect(shop.state.texts).toEqual({ plan: newer, checkpoint: newer })
  })

  it('is the newest checkpoint when the controller stops, unless it is hardly newer', async () => {
    await runTo(shop, START + 10 * MINUTE)
    expect(await stopAt(START + 10 * MINUTE)).toBe(0)
    await runTo(shop, START + 30 * MINUTE)
    expect(await stopAt(START + 30 * MINUTE)).toBe(1)
  })
})

describe('start-ups', () => {
  it('are put back before the first rehearsal, and kept with each write', async () => {
    const restored: string[] = []
    shop.ports.startUpRecord = { text: () => null, restore: (text) => void restored.push(text) }
    shop.state.texts = { ...left.texts, startUps: 'samples' }
    const first = await shop.syncAt(START + 3 * MINUTE + 5)
    expect([restored, first.live]).toEqual([['samples'], null])
    const second = await shop.syncAt(START + 3 * MINUTE + 20)
    expect([restored, second.live === null]).toEqual([['samples'], false])
  })
})

async function runTo(world: ShopWorld, atSeconds: number): Promise<void> {
  for (const at of [atSeconds - MINUTE, atSeconds]) {
    const view = await world.syncAt(at + 5)
    const now = { nowMs: view.nowMs, startUps: null }
    await keepState(world.state, world.scaler, world.memory, now, signal)
  }
}

function keep(atSeconds: number): Promise<string | null> {
  const now = { nowMs: atSeconds * 1000, startUps: null }
  return keepState(shop.state, shop.scaler, shop.memory, now, signal)
}

async function stopAt(atSeconds: number): Promise<number> {
  const now = { nowMs: atSeconds * 1000, startUps: null }
  await keepAtStop(shop.state, shop.scaler, shop.memory, now, signal)
  return shop.state.writes.length
}

function ownTally({ memory }: ShopWorld): { slots: number; violated: number } {
  return memory.live?.workload.own.tally ?? { slots: NaN, violated: NaN }
}

function fallback(view: SyncView) {
  return conditionsOf(view).find(({ type }) => type === 'FallbackActive')
}
