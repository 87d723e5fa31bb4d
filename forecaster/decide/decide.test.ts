import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DecideInput, decide } from './decide.ts'

const known = (replicas: number) => ({ kind: 'known', replicas }) as const
const noForecast = { kind: 'absent', why: 'NoForecast' } as const
const leftToHpa = { kind: 'absent', why: 'LeftToHpa' } as const

const calm: DecideInput = {
  predicted: known(5),
  reactive: leftToHpa,
  fresh: true,
  standing: null,
  minReplicas: 2,
  maxReplicas: 10,
}

const count = fc.nat({ max: 30 })
const need = count.map(known)
const input: fc.Arbitrary<DecideInput> = fc
  .record({
    predicted: fc.oneof(need, fc.constant(absent('NoForecast'))),
    reactive: fc.oneof(need, fc.constantFrom('NoFreshData', 'LeftToHpa').map(absent)),
    fresh: fc.boolean(),
    standing: fc.option(count),
    sanityBound: fc.oneof(count, fc.constant(Infinity)),
    bounds: fc.tuple(count, count),
  })
  .map(({ bounds: [one, other], ...rest }) => ({
    ...rest,
    minReplicas: Math.min(one, other),
    maxReplicas: Math.max(one, other),
  }))

function absent<Why extends string>(why: Why) {
  return { kind: 'absent', why } as const
}

const within = (replicas: number, { minReplicas, maxReplicas }: DecideInput) =>
  Math.min(Math.max(replicas, minReplicas), maxReplicas)

describe('decide', () => {
  it.each([
    { name: 'follows the forecast', change: {}, replicas: 5, reason: 'Predicted' },
    { name: 'lowers', change: { standing: 9 }, replicas: 5, reason: 'Predicted' },
    {
      name: 'lets demand now raise it',
      change: { reactive: known(7) },
      replicas: 7,
      reason: 'Reactive',
    },
    {
      name: 'names the forecast where both agree',
      change: { reactive: known(5) },
      replicas: 5,
      reason: 'Predicted',
    },
    {
      name: 'lowers nothing on stale data',
      change: { fresh: false, standing: 9 },
      replicas: 9,
      reason: 'HeldWithoutData',
    },
    {
      name: 'raises on stale data',
      change: { fresh: false, standing: 3 },
      replicas: 5,
      reason: 'Predicted',
    },
    {
      name: 'lowers nothing without a forecast',
      change: { predicted: noForecast, reactive: known(3), standing: 9 },
      replicas: 9,
      reason: 'HeldWithoutData',
    },
    {
      name: 'binds a forecast that is out of all proportion',
      change: { predicted: known(9), sanityBound: 7 },
      replicas: 7,
      reason: 'SanityBound',
    },
    {
      name: 'binds no minimum of a person',
      change: { predicted: known(9), sanityBound: 7, minReplicas: 10 },
      replicas: 10,
      reason: 'MinReplicas',
    },
    {
      name: 'binds no demand that is there',
      change: { predicted: known(9), sanityBound: 4, reactive: known(8) },
      replicas: 8,
      reason: 'Reactive',
    },
    {
      name: 'acts on demand alone',
      change: { predicted: noForecast, reactive: known(3) },
      replicas: 3,
      reason: 'Reactive',
    },
    {
      name: 'knows nothing: the minimum',
      change: { predicted: noForecast },
      replicas: 2,
      reason: 'MinReplicas',
    },
    { name: 'is held up', change: { predicted: known(1) }, replicas: 2, reason: 'MinReplicas' },
    { name: 'is held down', change: { predicted: known(11) }, replicas: 10, reason: 'MaxReplicas' },
    {
      name: 'is not held at the edge',
      change: { predicted: known(10) },
      replicas: 10,
      reason: 'Predicted',
    },
    {
      name: 'lets a new maximum lower what stands',
      change: { fresh: false, standing: 12 },
      replicas: 10,
      reason: 'MaxReplicas',
    },
  ])('$name', ({ change, replicas, reason }) => {
    expect(decide({ ...calm, ...change })).toMatchObject({ replicas, reason })
  })

  it('says what it would have run without the bounds, and what was absent', () => {
    expect(decide({ ...calm, predicted: known(40) })).toEqual({
      replicas: 10,
      reason: 'MaxReplicas',
      unbounded: 40,
      absent: ['LeftToHpa'],
    })
    const blind = decide({
      ...calm,
      predicted: absent('NoForecast'),
      reactive: absent('NoFreshData'),
    })
    expect(blind.absent).toEqual(['NoForecast', 'NoFreshData'])
  })

  it('stays within the bounds', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { replicas, unbounded } = decide(given)
        expect(replicas).toBe(within(unbounded, given))
        expect(replicas).toBeGreaterThanOrEqual(given.minReplicas)
        expect(replicas).toBeLessThanOrEqual(given.maxReplicas)
      }),
    )
  })

  it('lowers nothing while the forecast or fresh data is missing, whatever the rest says', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { standing } = given
        fc.pre(standing !== null && (!given.fresh || given.predicted.kind === 'absent'))
        expect(decide(given).replicas).toBeGreaterThanOrEqual(within(standing, given))
      }),
    )
  })

  it('covers every known need, up to the maximum', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { replicas } = decide(given)
        const { predicted, reactive, sanityBound = Infinity } = given
        const needs = [
          predicted.kind === 'known' ? Math.min(predicted.replicas, sanityBound) : 0,
          reactive.kind === 'known' ? reactive.replicas : 0,
        ]
        expect(replicas).toBeGreaterThanOrEqual(within(Math.max(...needs), given))
      }),
    )
  })

  it('never falls when a need rises', () => {
    fc.assert(
      fc.property(input, count, count, (given, one, other) => {
        const [low, high] = [known(Math.min(one, other)), known(Math.max(one, other))]
        for (const of of ['predicted', 'reactive'] as const) {
          const lower = decide({ ...given, [of]: low }).replicas
          expect(decide({ ...given, [of]: high }).replicas).toBeGreaterThanOrEqual(lower)
        }
      }),
    )
  })

  it('gives the reason that explains the number', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { replicas, reason } = decide(given)
        const explained = {
          Predicted: given.predicted.kind === 'known' ? given.predicted.replicas : null,
          Reactive: given.reactive.kind === 'known' ? given.reactive.replicas : null,
          SanityBound: given.sanityBound,
          HeldWithoutData: given.standing,
          MinReplicas: given.minReplicas,
          MaxReplicas: given.maxReplicas,
        }
        expect(explained[reason]).toBe(replicas)
      }),
    )
  })
})
