import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actuation } from '../actuation/actuation.ts'
import { replay } from '../replay/replay.ts'
import { writer } from '../replay/writer.ts'
import { createTally, type Tally } from './tally.ts'
import { createVirtualRun, liveSlot, type VirtualWorld } from './virtual-run.ts'

const CAPACITY = 10
const MAX = 30
const DAY = 96
const STEP_SECONDS = 900
const SCALE: Actuation = { kind: 'scale' }
const HPA: Actuation = {
  kind: 'hpa',
  targetPercent: 70,
  guardPercent: 85,
  stabilizationSeconds: 1800,
  ownMinReplicas: 1,
}

/** Demand of the slot before the first. */
const BEFORE = 35

/** What stands for a slot, and the demand it meets. */
interface Slot {
  replicas: number
  trusted: boolean
  demand: number
}

function worldOf(actuation: Actuation, leadSteps: number): VirtualWorld {
  const grid = { stepSeconds: STEP_SECONDS, stepsPerDay: DAY }
  return { actuation, capacityPerReplica: CAPACITY, leadSteps, ...grid }
}

/** A run through the slots, and its Ready and existing pods in each. */
function live(world: VirtualWorld, slots: readonly Slot[]) {
  const run = createVirtualRun(1)
  const pods = slots.map(({ replicas, trusted, demand }, i) => {
    run.course.standing = replicas
    run.trusted = trusted
    const valueBefore = slots[i - 1]?.demand ?? BEFORE
    liveSlot(run, world, { step: 1 + i, value: demand, valueBefore, maxReplicas: MAX })
    return [run.pods?.ready, (run.pods?.ready ?? 0) + (run.pods?.pendingUntil.length ?? 0)]
  })
  return { run, pods }
}

/** The same decisions replayed as a recording is, from the pods that the first asks for. */
function replayed({ actuation, leadSteps }: VirtualWorld, slots: readonly Slot[]) {
  const sizing = { capacityPerReplica: CAPACITY, maxReplicas: MAX }
  const write = writer(actuation, {
    series: { startSeconds: 0, stepSeconds: STEP_SECONDS },
    sizing,
  })
  return replay(
    {
      samples: Float64Array.of(BEFORE, ...slots.map(({ demand }) => demand)),
      ...{ firstSlot: 1, minReplicas: 1, maxReplicas: MAX },
      initialReplicas: slots[0]?.replicas ?? NaN,
      startUp: () => leadSteps,
    },
    (moment) => {
      const { replicas = NaN, trusted = false } = slots[moment.slot - 1] ?? {}
      return write(
        {
          ...{ step: moment.slot, demandAhead: null, planned: null, trusted },
          choice: { price: NaN, leads: 'forecast', pays: null },
          decision: { replicas, reason: 'Predicted', unbounded: replicas, absent: [] },
        },
        moment,
      )
    },
  )
}

const slots = fc.array(
  fc.record({
    replicas: fc.integer({ min: 1, max: MAX }),
    trusted: fc.boolean(),
    demand: fc.oneof(fc.nat({ max: 350 }), fc.constant(NaN)),
  }),
  { maxLength: 50 },
)
const leads = fc.nat({ max: 6 })

describe.each([
  { name: 'alone', actuation: SCALE },
  { name: 'above an HPA', actuation: HPA },
])('a virtual run, $name', ({ actuation }) => {
  it('has the pods that a replay of its decisions has', () => {
    fc.assert(
      fc.property(slots, leads, (lived, leadSteps) => {
        const world = worldOf(actuation, leadSteps)
        const { ready, existing } = replayed(world, lived)
        const expected = lived.map((_, i) => [ready[i], existing[i]])
        expect(live(world, lived).pods).toEqual(expected)
      }),
    )
  })

  it('is violated where demand exceeds what its Ready pods carry; slots without a sample count nowhere', () => {
    fc.assert(
      fc.property(slots, leads, (lived, leadSteps) => {
        const { run, pods } = live(worldOf(actuation, leadSteps), lived)
        const expected = { slots: 0, violated: 0, replicas: 0 }
        const kept = 0.5 ** (1 / (14 * DAY))
        lived.forEach(({ demand }, i) => {
          // Before a lead has passed its pods are those that it began with.
          if (Number.isNaN(demand) || i < leadSteps) return
          const [ready = NaN, existing = NaN] = pods[i] ?? []
          expected.slots = expected.slots * kept + 1
          expected.violated =
            expected.violated * kept + Number(demand > ready * CAPACITY * (1 + 1e-9))
          expected.replicas = expected.replicas * kept + existing
        })
        expectTally(run.tally, expected)
      }),
    )
  })

  it('goes on the same after it was cloned', () => {
    fc.assert(
      fc.property(slots, slots, (before, after) => {
        const world = worldOf(actuation, 2)
        const { run } = live(world, before)
        const clone = structuredClone(run)
        for (const each of [run, clone]) {
          after.forEach(({ replicas, trusted, demand }, i) => {
            each.course.standing = replicas
            each.trusted = trusted
            const step = 1 + before.length + i
            liveSlot(each, world, { step, value: demand, valueBefore: BEFORE, maxReplicas: MAX })
          })
        }
        expect(clone).toEqual(run)
      }),
    )
  })
})

describe('liveSlot', () => {
  const demandOf = (...demand: number[]) =>
    demand.map((value, i) => ({ replicas: i === 0 ? 2 : 4, trusted: false, demand: value }))

  it('has pods Ready a lead after they were decided', () => {
    const { pods } = live(worldOf(SCALE, 3), demandOf(0, 0, 0, 0, 0))
    expect(pods).toEqual([
      [2, 2],
      [2, 4],
      [2, 4],
      [2, 4],
      [4, 4],
    ])
  })

  it.each([0, 3, 8])('blames no run for the pods it began with, at a lead of %d', (leadSteps) => {
    // An HPA alone begins at its minimum, and has asked for enough in its first slot.
    const steady = Array.from({ length: 20 }, () => ({
      replicas: 1,
      trusted: false,
      demand: BEFORE,
    }))
    const { run } = live(worldOf(HPA, leadSteps), steady)
    expect(run.tally.violated).toBe(0)
    expect(run.tally.slots).toBeGreaterThan(11)
  })

  it('counts nothing before the first decision', () => {
    const run = createVirtualRun(1)
    liveSlot(run, worldOf(SCALE, 1), { step: 0, value: 99, valueBefore: 99, maxReplicas: MAX })
    expect(run.tally).toEqual(createTally())
    expect(run.pods).toBeNull()
  })

  it('takes no float noise for an overload', () => {
    const overload = (demand: number) =>
      live(worldOf(SCALE, 0), demandOf(0, demand)).run.tally.violated
    expect(overload(40 * (1 + 1e-12))).toBe(0)
    expect(overload(40.001)).toBe(1)
  })
})

function expectTally(tally: Tally, expected: Tally): void {
  for (const sum of ['slots', 'violated', 'replicas'] as const) {
    expect(tally[sum]).toBeCloseTo(expected[sum], 9)
  }
}
