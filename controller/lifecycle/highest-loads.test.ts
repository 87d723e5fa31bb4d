import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { HighestLoads } from './highest-loads.ts'
import { ReadyCounts } from './ready-counts.ts'

const load = (demand: number, fingerprint = 'q', capacityPerReplica = 250) => ({
  ...{ signal: 'requests', fingerprint, demand, capacityPerReplica },
})
const slot = (startSeconds: number) => ({ startSeconds, endSeconds: startSeconds + 60 })

/** Counts at every sync from the first second to the last. */
function followed(untilSeconds: number, readyAt: (second: number) => number) {
  const counts = new ReadyCounts()
  for (let at = 0; at <= untilSeconds; at += 15) counts.see(at, readyAt(at))
  return counts
}

describe('the highest load of a Ready pod', () => {
  it('is demand over the pods that were Ready, with its slot', () => {
    const loads = new HighestLoads(followed(600, () => 4))
    loads.see(slot(300), [load(1000)])
    loads.see(slot(360), [load(1200)])
    loads.see(slot(420), [load(800)])
    expect(loads.list()).toEqual([
      { signal: 'requests', fingerprint: 'q', value: 300, capacity: 250, atSeconds: 360 },
    ])
  })

  it.each([
    ['a pod that came in the slot', (at: number) => (at >= 345 ? 5 : 4), 200],
    [
      'a pod that went shortly before, for rates look back',
      (at: number) => (at > 150 ? 4 : 5),
      200,
    ],
    ['a pod that came after it', (at: number) => (at > 360 ? 5 : 4), 250],
    ['a pod that went long before', (at: number) => (at >= 60 ? 4 : 5), 250],
  ])('counts %s rightly', (_, readyAt, value) => {
    const loads = new HighestLoads(followed(600, readyAt))
    loads.see(slot(300), [load(1000)])
    expect(loads.list()[0]?.value).toBe(value)
  })

  it.each([
    ['no pod was Ready', followed(600, () => 0)],
    ['the pods were not known before the slot', followed(600, () => 4), 180],
    ['the slot is not over for the pods', followed(330, () => 4)],
    ['the watch was deaf meanwhile', forgetful()],
  ])('is not known where %s', (_, counts, start = 300) => {
    const loads = new HighestLoads(counts)
    loads.see(slot(start), [load(1000)])
    expect(loads.list()).toEqual([])
  })

  it('starts anew with another query, and takes no number that is none', () => {
    const loads = new HighestLoads(followed(600, () => 4))
    loads.see(slot(300), [load(1000)])
    loads.see(slot(360), [load(NaN), load(Infinity), load(-4), load(0)])
    expect(loads.list()[0]?.value).toBe(250)
    loads.see(slot(360), [load(8, 'other')])
    expect(loads.list()[0]).toMatchObject({ fingerprint: 'other', value: 2 })
  })

  it('outlives a restart as the larger of what was kept and what was seen since', () => {
    const kept = (value: number) => ({
      ...{ signal: 'requests', fingerprint: 'q', capacity: null, value, atSeconds: 7 },
    })
    const loads = new HighestLoads(followed(600, () => 4))
    loads.see(slot(300), [load(1000)])
    loads.restore([kept(200)])
    expect(loads.list()[0]?.value).toBe(250)
    loads.restore([kept(400)])
    expect(loads.list()[0]).toMatchObject({ value: 400, atSeconds: 7 })
  })

  it('is never more than a pod carried, if the count was followed', () => {
    const course = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 41, maxLength: 41 })
    fc.assert(
      fc.property(course, fc.integer({ min: 1, max: 5000 }), (ready, demand) => {
        const loads = new HighestLoads(followed(600, (at) => ready[at / 15] ?? 1))
        loads.see(slot(300), [load(demand)])
        const during = ready.slice(300 / 15, 360 / 15 + 1)
        expect(loads.list()[0]?.value).toBeLessThanOrEqual(demand / Math.min(...during))
      }),
    )
  })
})

function forgetful(): ReadyCounts {
  const counts = followed(200, () => 4)
  counts.forget()
  for (let at = 215; at <= 600; at += 15) counts.see(at, 4)
  return counts
}
