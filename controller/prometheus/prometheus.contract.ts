import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { MetricsSource, RangeAnswer } from '../reconcile/ports.ts'

/** A source under test and how to end what was started for it. */
export interface SourceUnderTest {
  source: MetricsSource
  close: () => Promise<void>
}

const start = 1_700_000_040
const step = 60
const end = start + 9 * step

/**
 * What every metrics source must do. The queries need no data of their own, so that the suite runs
 * as it stands against a real Prometheus too.
 */
export function metricsSourceContract(makeSource: () => Promise<SourceUnderTest>): void {
  describe('metrics source contract', () => {
    let underTest: SourceUnderTest
    const ask = (query: string, endSeconds = end): Promise<RangeAnswer> =>
      underTest.source.range(
        { query, startSeconds: start, endSeconds, stepSeconds: step },
        new AbortController().signal,
      )
    beforeAll(async () => {
      underTest = await makeSource()
    })
    afterAll(() => underTest.close())

    it('gives one value a step, start and end included', async () => {
      const expected = Float64Array.from({ length: 10 }, (_, i) => start + i * step)
      expect(await ask('time()')).toEqual({
        kind: 'values',
        values: expected,
        notFinite: 0,
        warnings: [],
      })
    })

    it('joins more points than one request may have on one grid', async () => {
      const points = 25_000
      const answer = await ask('time()', start + (points - 1) * step)
      const values = answer.kind === 'values' ? answer.values : new Float64Array()
      expect(values.length).toBe(points)
      expect(values.every((value, i) => value === start + i * step)).toBe(true)
    })

    it('leaves NaN where the source has no point', async () => {
      const answer = await ask(`vector(time()) > ${start + 4 * step}`)
      const values = answer.kind === 'values' ? [...answer.values] : []
      expect(values.map(Number.isNaN)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => i <= 4))
      expect(answer).toMatchObject({ notFinite: 0 })
    })

    it.each(['vector(0) / 0', 'vector(1) / 0', 'vector(-1) / 0'])(
      'counts what is not finite and keeps it as NaN: %s',
      async (query) => {
        const answer = await ask(query)
        expect(answer).toMatchObject({ kind: 'values', notFinite: 10 })
        expect(answer.kind === 'values' && answer.values.every(Number.isNaN)).toBe(true)
      },
    )

    it.each(['vector(1) > 2', 'a_metric_that_nobody_exports'])(
      'says that there is no series: %s',
      async (query) => {
        expect(await ask(query)).toEqual({ kind: 'empty' })
      },
    )

    it('names the series when there are several', async () => {
      const query = ['x', 'y']
        .map((value) => `label_replace(vector(1), "pod", "${value}", "", "")`)
        .join(' or ')
      expect(await ask(query)).toEqual({ kind: 'several', series: ['{pod="x"}', '{pod="y"}'] })
    })

    it('tells a query that cannot be parsed in one line', async () => {
      const answer = await ask('sum(')
      expect(answer).toMatchObject({ kind: 'error', reason: 'BadQuery' })
      expect(answer.kind === 'error' && answer.message).toMatch(/^[^\n]*'sum\('[^\n]*$/)
    })

    it('rejects only when the caller gives up', async () => {
      const signal = AbortSignal.abort(new Error('shutting down'))
      const request = { query: 'time()', startSeconds: start, endSeconds: end, stepSeconds: step }
      await expect(underTest.source.range(request, signal)).rejects.toThrow('shutting down')
    })
  })
}
