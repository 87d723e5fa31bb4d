import { describe, expect, it } from 'vitest'

import type { MetricsSource, RangeAnswer, RangeRequest } from '../../reconcile/ports.ts'
import { readRecorded } from './read-recorded.ts'

const SCALER = { namespace: 'shop', name: 'shop-web' }
const SPAN = { firstSeconds: 600, lastSeconds: 720, stepSeconds: 60 }
const { signal } = new AbortController()

function values(...numbers: number[]): RangeAnswer {
  return { kind: 'values', values: Float64Array.from(numbers), notFinite: 0, warnings: [] }
}

function sourceOf(answer: (request: RangeRequest) => RangeAnswer): MetricsSource {
  return { range: (request) => Promise.resolve(answer(request)) }
}

describe('readRecorded', () => {
  it('puts each answer in its place, and what is absent stays missing', async () => {
    const source = sourceOf(({ query, startSeconds }) => {
      if (query.includes('foresail_demand_replicas')) return values(startSeconds, NaN, 3)
      if (query.includes('avg_over_time')) return values(4.5, 4, 4)
      if (query.includes('min_over_time'))
        return { ...values(4, 4, 4), warnings: ['a store is down'] }
      return { kind: 'empty' }
    })
    const read = await readRecorded(source, SCALER, SPAN, signal)
    if (read.kind !== 'recorded') throw new Error(read.message)
    const { series, ...rest } = read.recorded
    expect(rest).toEqual({
      ...SCALER,
      startSeconds: 600,
      stepSeconds: 60,
      slots: 3,
      warnings: ['a store is down'],
    })
    expect([...series.demand]).toEqual([720, NaN, 3])
    expect([...series['mean ready']]).toEqual([4.5, 4, 4])
    expect([...series['hpa alone']]).toEqual([NaN, NaN, NaN])
  })

  it.each([
    ['foresail_demand_replicas', 'foresail_demand_replicas{namespace="shop",name="shop-web"}'],
    ['source="ready"', 'foresail_replicas{namespace="shop",name="shop-web",source="ready"}'],
  ])('says which needed metric is missing: %s', async (missing, selector) => {
    const source = sourceOf(({ query }) =>
      query.includes(missing) ? { kind: 'empty' } : values(1, 1, 1),
    )
    expect(await readRecorded(source, SCALER, SPAN, signal)).toEqual({
      kind: 'unusable',
      message:
        `Prometheus has no ${selector} from 1970-01-01 00:10 UTC to 1970-01-01 00:13 UTC: ` +
        'is shop/shop-web spelt right, and is the controller scraped, with honorLabels? See what is ' +
        'there: count by (__name__, namespace, exported_namespace) ({__name__=~"foresail_.+"})',
    })
  })

  it('asks no more once the source has failed', async () => {
    let asked = 0
    const source = sourceOf(() => {
      asked++
      return { kind: 'error', reason: 'Unreachable', message: 'Prometheus p: it is away' }
    })
    expect(await readRecorded(source, SCALER, SPAN, signal)).toEqual({
      kind: 'unusable',
      message: 'Prometheus p: it is away',
    })
    expect(asked).toBe(1)
  })
})
