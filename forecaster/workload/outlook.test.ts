import { describe, expect, it } from 'vitest'
import type { Fitted } from '../models/model.ts'
import { appendSample } from '../series/history.ts'
import { syntheticDemand } from '../series/synthetic-demand.ts'
import { adoptFits, advanceOutlook, createOutlook, lookAhead, type Mixture } from './outlook.ts'

const DAY = 96
const CAPACITY = 10
const PERSISTENCE: Mixture = [{ modelId: 'persistence', weight: 1, errors: 'scaled' }]
const TWO: Mixture = [
  { modelId: 'persistence', weight: 0.5, errors: 'scaled' },
  { modelId: 'day-template', weight: 0.5, errors: 'scaled' },
]

const fitOf = (modelId: string): Fitted => ({
  modelId,
  leadSteps: 3,
  untilStep: 0,
  weights: new Float64Array(),
})

/** An outlook three slots of 15 minutes ahead that lived through some demand with these fits. */
function lived(values: Iterable<number>, models: Mixture, fitted: readonly string[]) {
  const outlook = createOutlook(
    { stepSeconds: 900, firstStep: 20_000 * DAY, capacityPerReplica: CAPACITY, horizonSteps: 3 },
    models,
  )
  adoptFits(outlook, { models: fitted.map(fitOf), forest: null })
  for (const value of values) {
    appendSample(outlook.history, value)
    advanceOutlook(outlook)
  }
  return outlook
}

const wave = syntheticDemand({
  days: 4,
  stepSeconds: 900,
  level: 100,
  swing: 50,
  noise: 5,
  seed: 1,
})

describe('lookAhead', () => {
  it.each([
    { name: 'no model has a fit', values: wave, models: PERSISTENCE, fitted: [] },
    {
      name: 'the first half day of errors',
      values: wave.subarray(0, 48),
      models: PERSISTENCE,
      fitted: ['persistence'],
    },
    {
      name: 'the newest sample is missing',
      values: [...wave, NaN],
      models: PERSISTENCE,
      fitted: ['persistence'],
    },
    {
      name: 'nothing was ever known',
      values: wave.map(() => NaN),
      models: PERSISTENCE,
      fitted: ['persistence'],
    },
  ])('is null while $name', ({ values, models, fitted }) => {
    expect(lookAhead(lived(values, models, fitted))).toBeNull()
  })

  it('is a distribution in replicas once errors were seen', () => {
    const demand = lookAhead(lived(wave, PERSISTENCE, ['persistence']))?.law
    const newest = (wave.at(-1) ?? NaN) / CAPACITY
    expect(demand?.quantile(0.5)).toBeGreaterThan(newest - 4)
    expect(demand?.quantile(0.5)).toBeLessThan(newest + 4)
    for (const probability of [0.5, 0.9, 0.99, 0.9999]) {
      const replicas = demand?.quantile(probability) ?? NaN
      expect(demand?.exceed(replicas)).toBeCloseTo(1 - probability, 6)
    }
  })

  it('leaves a member without a forecast out and gives its share to the others', () => {
    const alone = lookAhead(lived(wave, PERSISTENCE, ['persistence']))?.law
    const left = lookAhead(lived(wave, TWO, ['persistence']))?.law
    const both = lookAhead(lived(wave, TWO, ['persistence', 'day-template']))?.law
    for (const replicas of [1, 8, 10, 15]) {
      expect(left?.exceed(replicas)).toBe(alone?.exceed(replicas))
    }
    expect(both?.quantile(0.9)).not.toBe(alone?.quantile(0.9))
  })

  it('stays as it was when later slots close: what it told is not what it tells', () => {
    const outlook = lived(wave, PERSISTENCE, ['persistence'])
    const before = lookAhead(outlook)?.law.quantile(0.9)
    expect(lookAhead(structuredClone(outlook))?.law.quantile(0.9)).toBe(before)
  })

  it('covers idle demand with next to nothing, yet not with certainty', () => {
    const demand = lookAhead(lived(new Float64Array(3 * DAY), PERSISTENCE, ['persistence']))?.law
    expect(demand?.quantile(0.99)).toBeLessThan(0.1)
    expect(demand?.exceed(1)).toBeLessThan(1e-6)
  })

  it('is the same in any unit', () => {
    const replicas = [1, 1e-6, 1e9].map((unit) => {
      const outlook = createOutlook(
        { stepSeconds: 900, firstStep: 0, capacityPerReplica: CAPACITY * unit, horizonSteps: 3 },
        PERSISTENCE,
      )
      adoptFits(outlook, { models: [fitOf('persistence')], forest: null })
      for (const value of wave) {
        appendSample(outlook.history, value * unit)
        advanceOutlook(outlook)
      }
      return lookAhead(outlook)?.law.quantile(0.95) ?? NaN
    })
    for (const value of replicas) expect(value / (replicas[0] ?? NaN)).toBeCloseTo(1, 5)
  })
})

describe('adoptFits', () => {
  it('keeps the old fit of a member that has no new one', () => {
    const outlook = lived([], TWO, ['persistence', 'day-template'])
    const renewed = { ...fitOf('persistence'), untilStep: 99 }
    adoptFits(outlook, { models: [renewed], forest: null })
    expect(outlook.members.map(({ fitted }) => fitted?.untilStep)).toEqual([99, 0])
  })
})
