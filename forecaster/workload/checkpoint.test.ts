import { describe, expect, it } from 'vitest'
import type { Risk } from '../plans/plan.ts'
import { currentNeed } from '../reactive/current-need.ts'
import { syntheticDemand } from '../series/synthetic-demand.ts'
import { checkpointOf, peakWith, resume } from './checkpoint.ts'
import { liveThrough } from './live-through.ts'
import { beginRecord, createWorkload, type Workload } from './workload.ts'

const DAY = 96
const FIRST = 20_000 * DAY
const BUDGET: Risk = { kind: 'budget', violationShare: 0.02 }
const made = { days: 20, stepSeconds: 900, level: 100, swing: 50, noise: 12, seed: 4 }
const wave = syntheticDemand(made)

function born(firstStep = FIRST, leadSteps = 2, risk: Risk = BUDGET): Workload {
  return createWorkload({
    ...{ stepSeconds: 900, firstStep, capacityPerReplica: 10, leadSteps, holdSteps: 2, risk },
    ...{ peakReplicas: 15, actuation: { kind: 'scale' } },
  })
}

function live(workload: Workload, samples: Iterable<number>): number[] {
  return Array.from(samples, (sample) => {
    const around = { minReplicas: 1, maxReplicas: 60, reactive: currentNeed(sample / 10) }
    return liveThrough(workload, sample, around).decision.replicas
  })
}

/** Seventeen days lived, the last five of them for real. */
function old(): Workload {
  const workload = born()
  live(workload, wave.subarray(0, 12 * DAY))
  beginRecord(workload)
  live(workload, wave.subarray(12 * DAY, 17 * DAY))
  return workload
}

describe('peakWith', () => {
  it.each([
    { busy: 20, peak: 15 },
    { busy: 29, peak: 15 },
    { busy: 31, peak: 31 },
    { busy: 7, peak: 7 },
  ])('busy hours that need $busy, once 15, are priced for $peak', ({ busy, peak }) => {
    expect(peakWith(checkpointOf(born()), busy)).toBe(peak)
    expect(peakWith(null, busy)).toBe(busy)
  })
})

describe('a checkpoint', () => {
  it('is a few kilobytes of JSON, and comes back from it', () => {
    const text = JSON.stringify(checkpointOf(old()))
    expect(text.length).toBeLessThan(16_000)
    expect(JSON.parse(text)).toEqual(checkpointOf(old()))
  })

  it('gives a workload that lived through the last nine days what the old one knew', () => {
    const workload = old()
    const young = born(FIRST + 8 * DAY)
    live(young, wave.subarray(8 * DAY, 17 * DAY))
    beginRecord(young)
    expect(checkpointOf(young)).not.toEqual(checkpointOf(workload))
    resume(young, checkpointOf(workload))
    expect(checkpointOf(young)).toEqual(checkpointOf(workload))
    // Chosen at once, the old one up to an hour ago.
    const { price, ...chosen } = workload.selection.choice
    expect(young.selection.choice).toMatchObject(chosen)
    expect(young.selection.choice.price / price).toBeCloseTo(1, 1)
  })

  it.each([
    { name: 'lead', young: () => born(FIRST + 8 * DAY, 5) },
    { name: 'risk', young: () => born(FIRST + 8 * DAY, 2, { kind: 'price', violationPrice: 9 }) },
  ])('leaves to history what belongs to another $name, and keeps what was really run', (other) => {
    const young = other.young()
    live(young, wave.subarray(8 * DAY, 17 * DAY))
    const before = checkpointOf(young)
    const { own } = checkpointOf(old())
    resume(young, checkpointOf(old()))
    expect(checkpointOf(young)).toEqual({ ...before, own })
  })

  it('is a copy: what lives on does not change it', () => {
    const workload = old()
    const checkpoint = checkpointOf(workload)
    const kept = structuredClone(checkpoint)
    live(workload, wave.subarray(17 * DAY, 18 * DAY))
    expect(checkpoint).toEqual(kept)
  })
})
