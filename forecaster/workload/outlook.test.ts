import { describe, expect, it } from 'vitest'
import { constantModel } from '../models/doubles/constant.ts'
import { notANumberModel } from '../models/doubles/not-a-number.ts'
import { slowModel } from '../models/doubles/slow.ts'
import { throwingModel } from '../models/doubles/throwing.ts'
import type { Fitted, Model } from '../models/model.ts'
import { persistence } from '../models/persistence.ts'
import { appendSample } from '../series/history.ts'
import { syntheticDemand } from '../series/synthetic-demand.ts'
import {
  adoptFits,
  advanceOutlook,
  createOutlook,
  fitOutlook,
  lookAhead,
  type Mixture,
  type Outlook,
} from './outlook.ts'

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
  adoptFits(outlook, { models: fitted.map(fitOf), forest: null, failed: [] })
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
      adoptFits(outlook, { models: [fitOf('persistence')], forest: null, failed: [] })
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
    adoptFits(outlook, { models: [renewed], forest: null, failed: [] })
    expect(outlook.members.map(({ fitted }) => fitted?.untilStep)).toEqual([99, 0])
  })
})

describe('a member that fails', () => {
  const models = (double: Model) => (id: string) => (id === double.id ? double : persistence)

  /** Lived through `values` with persistence and a double, refitted every day. */
  function livedWith(
    double: Model,
    values: Iterable<number>,
    errors: 'scaled' | 'forest',
  ): Outlook {
    const outlook = createOutlook(
      { stepSeconds: 900, firstStep: 20_000 * DAY, capacityPerReplica: CAPACITY, horizonSteps: 3 },
      [...PERSISTENCE, { modelId: double.id, weight: 1, errors }],
    )
    let slot = 0
    for (const value of values) {
      if (slot % DAY === 0) {
        const fits = fitOutlook(outlook, 20_000 * DAY + slot, models(double))
        adoptFits(outlook, structuredClone(fits), models(double))
      }
      appendSample(outlook.history, value)
      advanceOutlook(outlook, models(double))
      slot++
    }
    return outlook
  }

  const failures = [
    { double: throwingModel('fit'), at: 'fit', why: 'no fit today' },
    { double: throwingModel('predict'), at: 'forecast', why: 'no predict today' },
    { double: notANumberModel, at: 'forecast', why: 'said NaN' },
    { double: constantModel(Infinity), at: 'forecast', why: 'said Infinity' },
    { double: constantModel(-Infinity), at: 'forecast', why: 'said -Infinity' },
    { double: badWeights(), at: 'fit', why: 'learned a weight that is no number' },
  ]
  const alone = lived(wave, PERSISTENCE, ['persistence'])

  it.each(failures)('is left out and named: $why', ({ double, at, why }) => {
    for (const errors of ['scaled', 'forest'] as const) {
      const outlook = livedWith(double, wave, errors)
      expect(outlook.failed).toEqual([{ modelId: double.id, at, why }])
      for (const replicas of [1, 8, 10, 15]) {
        expect(lookAhead(outlook)?.law.exceed(replicas)).toBe(
          lookAhead(alone)?.law.exceed(replicas),
        )
      }
    }
  })

  it.each([
    { name: 'does not fail', double: constantModel(100) },
    { name: 'is slow', double: slowModel(persistence, 100) },
  ])('is not one that $name', ({ double }) => {
    const outlook = livedWith(double, wave, 'scaled')
    expect(outlook.failed).toEqual([])
    expect(outlook.members.every(({ centre }) => centre > 0)).toBe(true)
  })

  it('is not one that lacks a sample', () => {
    expect(livedWith(notANumberModel, [...wave, NaN], 'scaled').failed).toEqual([])
  })

  it('is taken in again once it has a number', () => {
    const outlook = livedWith(notANumberModel, wave, 'scaled')
    const cured = { ...constantModel(100), id: notANumberModel.id }
    for (const value of wave) {
      appendSample(outlook.history, value)
      advanceOutlook(outlook, models(cured))
    }
    expect(outlook.failed).toEqual([])
    expect(lookAhead(outlook)?.law.exceed(8)).not.toBe(lookAhead(alone)?.law.exceed(8))
  })

  it('keeps its older fit in force where the new one fails', () => {
    const good = constantModel(100)
    const outlook = livedWith(good, wave, 'scaled')
    const broken = { ...throwingModel('fit'), id: good.id }
    adoptFits(outlook, fitOutlook(outlook, 20_000 * DAY + wave.length, models(broken)))
    expect(outlook.members.at(-1)?.fitted?.modelId).toBe(good.id)
    expect(outlook.failed).toMatchObject([{ modelId: good.id, at: 'fit' }])
  })

  it('leaves no forecast, and no exception, where it is the only one', () => {
    const outlook = createOutlook(
      { stepSeconds: 900, firstStep: 0, capacityPerReplica: CAPACITY, horizonSteps: 3 },
      [{ modelId: 'of another version', weight: 1, errors: 'scaled' }],
    )
    adoptFits(outlook, fitOutlook(outlook, 0))
    appendSample(outlook.history, 1)
    advanceOutlook(outlook)
    expect(lookAhead(outlook)).toBeNull()
    expect(outlook.failed).toEqual([
      {
        modelId: 'of another version',
        at: 'fit',
        why: 'no forecaster is called "of another version"',
      },
    ])
  })
})

function badWeights(): Model {
  const model = constantModel(1, 'bad-weights')
  return {
    ...model,
    fit: (_history, untilStep, leadSteps) => ({
      modelId: model.id,
      leadSteps,
      untilStep,
      weights: Float64Array.of(1, NaN),
    }),
  }
}
