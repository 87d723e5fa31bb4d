import { describe, expect, it } from 'vitest'
import { completeBehavior } from '../reactive/hpa/behavior.ts'
import { HPA_SWEEP, type HpaPolicyInput, hpaPolicy } from './hpa-policy.ts'

const input: HpaPolicyInput = {
  capacityPerReplica: 10,
  minReplicas: 1,
  maxReplicas: 50,
  startSeconds: 1_700_000_000,
  stepSeconds: 60,
  targetPercent: 50,
  stabilizationSeconds: 120,
}

/** Replicas slot by slot from four, for the newest sample in each. */
function play(samples: readonly number[], change: Partial<HpaPolicyInput> = {}): number[] {
  const policy = hpaPolicy({ ...input, ...change })
  let existing = 4
  return samples.map((newestSample, slot) => {
    existing = policy({ slot, newestSample, existing, ready: existing })
    return existing
  })
}

describe('hpaPolicy', () => {
  it('aims at the target share of the capacity', () => {
    expect(play([20])).toEqual([4])
    expect(play([40])).toEqual([8])
    expect(play([40], { targetPercent: 80 })).toEqual([5])
  })

  it('has four syncs a minute: 4, 8, 16, 32 and on to the maximum', () => {
    expect(play([1000])).toEqual([50])
    expect(play([1000], { stepSeconds: 15 })).toEqual([8])
  })

  it('goes down when its window has passed', () => {
    expect(play([20, 5, 5, 5, 5])).toEqual([4, 4, 4, 1, 1])
    expect(play([20, 5, 5, 5, 5], { stabilizationSeconds: 0 })).toEqual([4, 1, 1, 1, 1])
  })

  it('follows the rates, windows and tolerances of its behavior', () => {
    const policies = [{ type: 'Pods' as const, value: 1, periodSeconds: 60 }]
    const slow = completeBehavior({ policies }, { stabilizationWindowSeconds: 0 })
    expect(play([40, 40, 5], { behavior: slow })).toEqual([5, 6, 1])
    const up = { behavior: completeBehavior({ tolerance: 0.5 }, null) }
    expect(play([28])).toEqual([6])
    expect(play([28], up)).toEqual([4])
    expect(play([32], up)).toEqual([7])
  })

  it('keeps what it has while the sample is missing', () => {
    expect(play([40, NaN, NaN])).toEqual([8, 8, 8])
  })
})

describe('HPA_SWEEP', () => {
  it('has every target with every window once', () => {
    const names = HPA_SWEEP.map((setting) => JSON.stringify(setting))
    expect(new Set(names).size).toBe(140)
    expect(names).toHaveLength(140)
    expect(HPA_SWEEP).toContainEqual({ targetPercent: 70, stabilizationSeconds: 300 })
  })
})
