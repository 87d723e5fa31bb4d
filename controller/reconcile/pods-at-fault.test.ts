import { beforeEach, describe, expect, it } from 'vitest'

import { ShopWorld } from '../sandbox/shop-world.ts'
import { conditionsOf } from './conditions-of.ts'
import type { HighestLoad, PodsView, SignalLoad } from './ports.ts'
import { statusOf } from './status-of.ts'
import type { SyncView } from './view.ts'

const MINUTE = 60
/** A Monday, 09:00 UTC, in the morning ramp. */
const NINE = Date.UTC(2026, 0, 12, 9) / 1000

let shop: ShopWorld

beforeEach(async () => {
  shop = new ShopWorld()
  await shop.syncAt(NINE + 5)
})

function podsAre(pods: Partial<PodsView>): void {
  shop.ports.pods = { ...shop.ports.pods, ...pods }
}

/** Three hours of a rising morning, a sync every five minutes. */
async function untilNoon(): Promise<SyncView> {
  let view = await shop.syncAt(NINE + 20)
  for (let minute = 5; minute <= 180; minute += 5) {
    view = await shop.syncAt(NINE + minute * MINUTE + 5)
  }
  return view
}

function said(view: SyncView, type: string) {
  return conditionsOf(view).find((condition) => condition.type === type)
}

describe('pods that find no node', () => {
  const noRoom = { pods: 3, seconds: 600, tryAgain: false }

  it('hold the floor where it is, though more is wanted, and say so', async () => {
    const before = shop.hpa.minReplicas
    podsAre({ faults: { Unschedulable: 3 }, existing: 20, noRoom })
    const view = await untilNoon()
    expect(shop.hpa.minReplicas).toBe(before)
    expect(view.live?.deliberation?.decision.replicas).toBeGreaterThan(before)
    expect(said(view, 'ScalingLimited')).toMatchObject({
      ...{ status: 'True', reason: 'ScalingIneffective' },
      message: expect.stringContaining('3 pods find no node since 2026-01-12T11:50:05Z') as string,
    })
    expect(said(view, 'TargetScalable')).toMatchObject({
      ...{ status: 'True', reason: 'PodsFailing' },
      message: 'of 20 pods 3 found no node; they count for no lead time',
    })
    // Three of twenty: the others carry the load.
    expect(said(view, 'Ready')).toMatchObject({ status: 'True', reason: 'Acting' })
  })

  it('do not hold it for ever: now and then it is tried again', async () => {
    const before = shop.hpa.minReplicas
    podsAre({ faults: { Unschedulable: 3 }, existing: 20, noRoom: { ...noRoom, tryAgain: true } })
    await untilNoon()
    expect(shop.hpa.minReplicas).toBeGreaterThan(before)
  })

  it('are no fault in the minutes that a cluster takes to grow', async () => {
    const before = shop.hpa.minReplicas
    podsAre({ faults: { Unschedulable: 9 }, existing: 12 })
    const view = await untilNoon()
    expect(shop.hpa.minReplicas).toBeGreaterThan(before)
    expect(said(view, 'TargetScalable')).toMatchObject({ reason: 'HpaFound' })
    expect(said(view, 'Ready')).toMatchObject({ status: 'True' })
  })

  it("leave the user's own minimum alone", async () => {
    podsAre({ faults: { Unschedulable: 3 }, existing: 20, noRoom })
    shop.hpa.own.minReplicas = 33
    await shop.syncAt(NINE + MINUTE + 5)
    expect(shop.hpa.minReplicas).toBe(33)
  })
})

describe('pods that crash', () => {
  it('one in five and more: nothing is lowered, the guard is given back, Ready is False', async () => {
    shop.hpa.minReplicas = 50
    podsAre({ faults: { Crashing: 3 }, existing: 10 })
    const view = await shop.syncAt(NINE + MINUTE + 5)
    expect([shop.hpa.minReplicas, shop.hpa.guardUtilization]).toEqual([50, 70])
    expect(said(view, 'Ready')).toMatchObject({ status: 'False', reason: 'PodsFailing' })
  })

  it('fewer: the workload goes on, and the condition tells of them', async () => {
    shop.hpa.minReplicas = 50
    podsAre({ faults: { Crashing: 2 }, existing: 10 })
    const view = await shop.syncAt(NINE + MINUTE + 5)
    expect(shop.hpa.minReplicas).toBeLessThan(50)
    expect(said(view, 'Ready')).toMatchObject({ status: 'True' })
    expect(said(view, 'TargetScalable')?.message).toContain('2 restarted and were not Ready')
  })
})

describe('the highest load per Ready pod', () => {
  const known: HighestLoad[] = []
  const seen: { startSeconds: number; loads: readonly SignalLoad[] }[] = []

  beforeEach(() => {
    seen.length = known.length = 0
    shop.ports.loadRecord = {
      see: ({ startSeconds }, loads) => void seen.push({ startSeconds, loads }),
      list: () => known,
    }
  })

  it('hears the demand of each closed slot, in the unit of the signal', async () => {
    await shop.syncAt(NINE + 2 * MINUTE + 5)
    expect(seen.map(({ startSeconds }) => startSeconds)).toEqual([NINE, NINE + MINUTE])
    expect(seen[0]?.loads).toMatchObject([{ signal: 'requests', capacityPerReplica: 100 }])
    // Some nine to ten replicas at nine, at a hundred each.
    expect(seen[0]?.loads[0]?.demand).toBeGreaterThan(800)
  })

  it('hears nothing of a slot without a sample', async () => {
    shop.source.fault = { kind: 'empty' }
    await shop.syncAt(NINE + 2 * MINUTE + 5)
    expect(seen.flatMap(({ loads }) => loads)).toEqual([])
  })

  it('stands in the status beside the capacity, while the query is the same', async () => {
    await shop.syncAt(NINE + MINUTE + 5)
    const fingerprint = seen[0]?.loads[0]?.fingerprint ?? ''
    known.push({ signal: 'requests', fingerprint, value: 123.456, capacity: 100, atSeconds: NINE })
    const status = statusOf(await shop.syncAt(NINE + 2 * MINUTE + 5))
    expect(status.highestLoadPerReplica).toEqual([
      { signal: 'requests', value: '123.5', capacity: '100', at: '2026-01-12T09:00:00Z' },
    ])
    known[0] = { ...known[0], fingerprint: 'another query' } as HighestLoad
    const changed = statusOf(await shop.syncAt(NINE + 3 * MINUTE + 5))
    expect(changed.highestLoadPerReplica).toBeUndefined()
  })
})
