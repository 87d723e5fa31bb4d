import { afterAll, describe, expect, it } from 'vitest'
import { syntheticDemand } from '../../forecaster/series/synthetic-demand.ts'
import { FitPool } from './fit-pool.ts'
import { type RehearsalJob, rehearse } from './rehearse.ts'

const STEP_SECONDS = 900
const job: RehearsalJob = {
  settings: {
    ...{
      stepSeconds: STEP_SECONDS,
      firstStep: 0,
      capacityPerReplica: 1,
      leadSteps: 2,
      holdSteps: 2,
      risk: { kind: 'budget', violationShare: 0.01 },
      actuation: { kind: 'scale' },
    },
  },
  samples: syntheticDemand({
    ...{ days: 3, stepSeconds: STEP_SECONDS, level: 10, swing: 5, noise: 1, seed: 1 },
  }),
  limits: [{ minReplicas: 1, maxReplicas: 60 }],
  checkpoint: null,
}

describe('the pool of fit workers', () => {
  const pool = new FitPool(1)
  const signal = new AbortController().signal
  afterAll(() => pool.stop())

  it('computes in a thread what is computed here', async () => {
    const there = await pool.rehearse(job, signal)
    expect(there).toEqual(rehearse(job))
    const { outlook } = there.workload
    const fits = await pool.fit({ outlook, untilStep: 2 * 96, events: [] }, signal)
    expect(fits.models.map(({ modelId }) => modelId)).toEqual(['ridge', 'persistence'])
  })

  it('gives up what waits for a thread, and goes on with the next', async () => {
    const first = pool.rehearse(job, signal)
    const impatient = new AbortController()
    const second = pool.rehearse(job, impatient.signal)
    impatient.abort()
    await expect(second).rejects.toThrow('given up')
    await expect(pool.rehearse(job, AbortSignal.abort())).rejects.toThrow()
    await first
    await expect(pool.rehearse(job, signal)).resolves.toBeDefined()
  })

  it('says what went wrong in the thread, and has another for the next job', async () => {
    const broken = { ...job, settings: { ...job.settings, holdSteps: -1 } }
    await expect(pool.rehearse(broken, signal)).rejects.toThrow('Invalid typed array length')
    await expect(pool.rehearse(job, signal)).resolves.toBeDefined()
  })
})
