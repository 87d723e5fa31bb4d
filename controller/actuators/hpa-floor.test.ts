import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { KubernetesError } from '../kubernetes/errors.ts'
import type { HpaAnswer, HpaView } from '../reconcile/ports.ts'
import { cpuMetric, createFakeHpa } from './fake-hpa.ts'
import { createHpaFloor } from './hpa-floor.ts'
import { ORIGINAL_ANNOTATION } from './hpa-record.ts'

const never = new AbortController().signal
const other = { type: 'External', external: { metric: { name: 'q' }, unknownField: [1] } }

function setUp(options: { min?: number; max?: number; guardMetric?: string | undefined } = {}) {
  const { min = 2, max = 20 } = options
  const api = createFakeHpa(min, max, [other, cpuMetric(60)])
  const guardMetric = 'guardMetric' in options ? options.guardMetric : 'cpu'
  const floor = createHpaFloor({ ...{ api, guardMetric }, namespace: 'shop', name: 'web' })
  const write = async (minReplicas: number, guardUtilization?: number) =>
    viewOf(await floor.write({ minReplicas, guardUtilization }, never))
  const bare = () => {
    const { annotations, managedFields } = api.hpa.metadata
    return structuredClone({ spec: api.hpa.spec, annotations, managedFields })
  }
  return { api, floor, write, bare }
}

function viewOf(answer: HpaAnswer): HpaView {
  if (answer.kind !== 'hpa') throw new Error(answer.message)
  return answer.view
}

describe('an HPA of another workload', () => {
  it.each([
    ['Deployment', 'web', 'hpa'],
    ['Deployment', 'cart', 'error'],
    ['StatefulSet', 'web', 'error'],
  ])('%s/%s: %s', async (kind, name, answer) => {
    const { api } = setUp()
    const scaled = { apiVersion: 'apps/v1', kind, name }
    const floor = createHpaFloor({ api, scaled, namespace: 'shop', name: 'web' })
    const written = await floor.write({ minReplicas: 12, guardUtilization: undefined }, never)
    expect(written.kind).toBe(answer)
    expect((await floor.read(never)).kind).toBe(answer)
    expect(api.writes).toHaveLength(answer === 'hpa' ? 1 : 0)
  })
})

describe('write', () => {
  it('raises the floor and keeps the original in the same write', async () => {
    const { api, write } = setUp()
    expect(await write(12)).toMatchObject({ minReplicas: 12, original: { minReplicas: 2 } })
    expect(api.writes).toHaveLength(1)
    expect(JSON.parse(api.hpa.metadata.annotations[ORIGINAL_ANNOTATION] ?? '')).toEqual({
      minReplicas: 2,
      written: { minReplicas: 12 },
    })
    expect(api.hpa.spec.metrics).toEqual([other, cpuMetric(60)])
  })

  it.each([
    ['what stands', 2, undefined],
    ['less than the user wants', 0, undefined],
    ['a guard below that of the user', 2, 40],
  ])('writes nothing for %s', async (_name, minReplicas, guard) => {
    const { api, write } = setUp()
    await write(minReplicas, guard)
    expect([api.writes, api.hpa.metadata.annotations]).toEqual([[], {}])
  })

  it('writes nothing twice', async () => {
    const { api, write } = setUp()
    await write(12, 80)
    await write(12, 80)
    expect(api.writes).toHaveLength(1)
  })

  it('never goes above the maximum of the HPA, nor below the own minimum', async () => {
    const { write } = setUp({ min: 4 })
    expect((await write(99)).minReplicas).toBe(20)
    expect((await write(1)).minReplicas).toBe(4)
  })

  it('moves one target and nothing else, and gives it back explicitly', async () => {
    const { api, write } = setUp()
    expect(await write(5, 85)).toMatchObject({
      guardUtilization: 85,
      original: { guardUtilization: 60 },
    })
    expect(api.hpa.spec.metrics).toEqual([other, cpuMetric(85)])
    await write(6)
    expect(api.hpa.spec.metrics).toEqual([other, cpuMetric(60)])
    await write(7)
    expect(api.hpa.spec.metrics).toEqual([other, cpuMetric(60)])
  })

  it('keeps a metric that the user adds meanwhile', async () => {
    const { api, write } = setUp()
    await write(5, 85)
    api.edit(({ spec }) => spec.metrics.push({ type: 'Pods' }))
    await write(6, 80)
    expect(api.hpa.spec.metrics).toEqual([other, cpuMetric(80), { type: 'Pods' }])
  })

  it('takes what the user writes meanwhile for his own', async () => {
    const { api, floor, write } = setUp()
    await write(12, 85)
    api.edit(({ spec }) => {
      spec.minReplicas = 4
      spec.metrics = [cpuMetric(50)]
    })
    const own = { minReplicas: 4, guardUtilization: 50 }
    expect(viewOf(await floor.read(never)).original).toEqual(own)
    expect((await write(12, 85)).original).toEqual(own)
    await floor.release(never)
    expect(api.hpa.spec).toMatchObject({ minReplicas: 4, metrics: [cpuMetric(50)] })
  })

  it('raises the floor also where the guard metric is not there', async () => {
    const { write } = setUp({ guardMetric: 'memory' })
    expect(await write(5, 85)).toMatchObject({ minReplicas: 5, guardUtilization: undefined })
  })

  it('gives the one guard back when another becomes it', async () => {
    const { api, write } = setUp()
    await write(5, 85)
    api.edit(({ spec }) => {
      spec.metrics.push(JSON.parse(JSON.stringify(cpuMetric(70)).replace('cpu', 'memory')) as never)
    })
    const memory = createHpaFloor({
      ...{ api, namespace: 'shop', name: 'web' },
      guardMetric: 'memory',
    })
    await memory.write({ minReplicas: 5, guardUtilization: 90 }, never)
    expect(JSON.stringify(api.hpa.spec.metrics)).toMatch(/"cpu".*:60.*"memory".*:90/)
    await memory.release(never)
    expect(JSON.stringify(api.hpa.spec.metrics)).toMatch(/"cpu".*:60.*"memory".*:70/)
  })

  it('reads again after a conflict, and gives up after some', async () => {
    const { api, floor, write } = setUp()
    api.races = 3
    expect((await write(12)).minReplicas).toBe(12)
    api.races = 100
    const answer = await floor.write({ minReplicas: 13, guardUtilization: undefined }, never)
    expect(answer).toMatchObject({ kind: 'error', reason: 'Conflict' })
  })

  it.each([
    { minReplicas: Number.NaN, guardUtilization: undefined },
    { minReplicas: 3.5, guardUtilization: undefined },
    { minReplicas: -1, guardUtilization: undefined },
    { minReplicas: Number.POSITIVE_INFINITY, guardUtilization: undefined },
    { minReplicas: 3, guardUtilization: Number.NaN },
    { minReplicas: 3, guardUtilization: 0 },
  ])('refuses %o', async (wanted) => {
    const { api, floor } = setUp()
    expect(await floor.write(wanted, never)).toMatchObject({ kind: 'error', reason: 'Invalid' })
    expect(api.writes).toEqual([])
  })

  it('says what to do when the note of the original is gone, and does not guess', async () => {
    const { api, floor, write } = setUp()
    await write(12)
    api.edit(({ metadata }) => (metadata.annotations = {}))
    const answer = await floor.write({ minReplicas: 13, guardUtilization: undefined }, never)
    expect(answer).toMatchObject({ kind: 'error', reason: 'Invalid' })
    expect(answer.kind === 'error' && answer.message).toContain('kubectl -n shop annotate')
    expect(await floor.read(never)).toEqual(answer)
    api.edit(({ metadata }) => (metadata.annotations[ORIGINAL_ANNOTATION] = '{"minReplicas":3}'))
    expect(await write(13)).toMatchObject({ minReplicas: 13, original: { minReplicas: 3 } })
  })
})

describe('release', () => {
  it('does nothing where nothing was written', async () => {
    const { api, floor, bare } = setUp()
    const before = bare()
    await floor.release(never)
    expect([bare(), api.writes]).toEqual([before, []])
  })

  it('leaves no trace, in spite of conflicts, and again as often as it is called', async () => {
    const { api, floor, write, bare } = setUp()
    const before = bare()
    await write(12, 85)
    api.races = 2
    expect(viewOf(await floor.release(never)).minReplicas).toBe(2)
    expect(bare()).toEqual(before)
    await floor.release(never)
    expect(bare()).toEqual(before)
  })

  it('keeps every value where the note is gone', async () => {
    const { api, floor, write } = setUp()
    await write(12)
    api.edit(({ metadata }) => (metadata.annotations = {}))
    expect(viewOf(await floor.release(never)).minReplicas).toBe(12)
    expect(api.hpa.metadata.managedFields).toEqual([{ manager: 'kubectl', operation: 'Update' }])
  })

  it('gives back what the user wants in the end, whatever was written by whom before', async () => {
    const step = fc.oneof(
      fc.record({
        write: fc.integer({ min: 0, max: 25 }),
        guard: fc.option(fc.integer({ min: 40, max: 95 }), { nil: undefined }),
      }),
      fc.record({ userMin: fc.integer({ min: 1, max: 20 }) }),
      fc.record({ userTarget: fc.integer({ min: 40, max: 95 }) }),
      fc.constant('release' as const),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        const { api, floor, write } = setUp()
        let user = { min: 2, target: 60 }
        let written = { min: 2, target: 60 }
        for (const one of steps) {
          if (one === 'release') await floor.release(never)
          else if ('write' in one) {
            const { minReplicas, guardUtilization = 0 } = await write(one.write, one.guard)
            written = { min: minReplicas, target: guardUtilization }
            expect(minReplicas).toBe(Math.min(Math.max(one.write, user.min), 20))
            expect(guardUtilization).toBe(Math.max(one.guard ?? user.target, user.target))
          } else {
            // What Foresail wrote last cannot be told from Foresail's own: such an edit is not tried.
            if ('userMin' in one && one.userMin !== written.min) {
              user = { ...user, min: one.userMin }
              api.edit((hpa) => (hpa.spec.minReplicas = one.userMin))
            } else if ('userTarget' in one && one.userTarget !== written.target) {
              user = { ...user, target: one.userTarget }
              api.edit((hpa) => (hpa.spec.metrics = [other, cpuMetric(one.userTarget)]))
            }
          }
          expect(viewOf(await floor.read(never)).original).toEqual({
            minReplicas: user.min,
            guardUtilization: user.target,
          })
        }
        await floor.release(never)
        expect(api.hpa.spec).toEqual({
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
          ...{ minReplicas: user.min, maxReplicas: 20 },
          metrics: [other, cpuMetric(user.target)],
        })
        expect(api.hpa.metadata.annotations).toEqual({})
      }),
    )
  })
})

describe('answers', () => {
  it('an HPA that is not there is missing, for every call', async () => {
    const { api, floor } = setUp()
    api.exists = false
    const wanted = { minReplicas: 3, guardUtilization: undefined }
    const answers = [floor.read(never), floor.write(wanted, never), floor.release(never)]
    for (const answer of await Promise.all(answers)) {
      expect(answer.kind).toBe('missing')
      expect(answer.kind === 'missing' && answer.message).toContain('shop/web does not exist')
    }
  })

  it.each([
    ['AccessDenied', 'AccessDenied'],
    ['TooManyRequests', 'Unreachable'],
    ['Unreachable', 'Unreachable'],
    ['Gone', 'Conflict'],
    ['Invalid', 'Invalid'],
  ] as const)('%s of the API server is %s', async (reason, expected) => {
    const api = createFakeHpa(2, 20)
    api.request = () => Promise.reject(new KubernetesError(reason, 'one line'))
    const floor = createHpaFloor({ api, namespace: 'shop', name: 'web' })
    expect(await floor.read(never)).toEqual({
      kind: 'error',
      reason: expected,
      message: 'one line',
    })
  })

  it('rejects only when the caller gives up', async () => {
    const { floor } = setUp()
    const signal = AbortSignal.abort(new Error('shutting down'))
    await expect(floor.read(signal)).rejects.toThrow('shutting down')
  })
})
