import { describe, expect, it } from 'vitest'
import { syntheticDemand } from '../../forecaster/series/synthetic-demand.ts'
import { checkpointOf } from '../../forecaster/workload/checkpoint.ts'
import { type RehearsalJob, rehearse } from './rehearse.ts'

const DAY = 96
const demand = syntheticDemand({
  ...{ days: 12, stepSeconds: 900, level: 10, swing: 5, noise: 1, seed: 1 },
})

function job(fromDay: number, untilDay: number, checkpoint: RehearsalJob['checkpoint']) {
  return {
    settings: {
      ...{ stepSeconds: 900, firstStep: fromDay * DAY, capacityPerReplica: 1, leadSteps: 2 },
      holdSteps: 2,
      risk: { kind: 'budget', violationShare: 0.01 },
      actuation: { kind: 'scale' },
    },
    samples: demand.slice(fromDay * DAY, untilDay * DAY),
    limits: [{ minReplicas: 1, maxReplicas: 60 }],
    checkpoint,
  } satisfies RehearsalJob
}

describe('a rehearsal with a checkpoint', () => {
  const known = checkpointOf(rehearse(job(0, 10, null)).workload)

  it('goes on from it through the slots that came after', () => {
    const { workload } = rehearse(job(3, 11, { ...known, own: { ...known.own, slots: 500 } }))
    // A half-life of fourteen days takes a day's share of what was known.
    const share = 0.5 ** (1 / 14)
    expect(workload.own.tally.slots).toBeGreaterThan(500 * share + 0.95 * DAY)
    expect(workload.own.tally.slots).toBeLessThan(500 * share + DAY)
  })

  it.each([
    { name: 'newer than the history', step: 20 * DAY },
    { name: 'as new as its last slot', step: 10 * DAY - 1 },
  ])('knows at its end what a checkpoint $name knows', ({ step }) => {
    const own = { slots: 777, violated: 7, replicas: 7000 }
    const { workload } = rehearse(job(3, 10, { ...known, step, own }))
    expect(workload.own.tally).toEqual(own)
  })
})
