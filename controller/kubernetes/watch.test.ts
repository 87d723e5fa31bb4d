import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'

import { KubernetesError } from './errors.ts'
import { createFakeCollection, createManualTiming, type FakeCollection } from './fake-collection.ts'
import { createWatch, type WatchTrouble } from './watch.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

function setUp(before: (api: FakeCollection) => void = () => undefined) {
  const api = createFakeCollection()
  before(api)
  const timing = createManualTiming()
  const troubles: WatchTrouble['reason'][] = []
  const log: string[] = []
  const watch = createWatch({
    ...{ api, timing, path: '/apis/x' },
    parse: (object) =>
      (object as { metadata: { resourceVersion: string } }).metadata.resourceVersion,
    onChange: (item) => log.push(`change ${item}`),
    onDelete: (item) => log.push(`delete ${item}`),
    onSync: () => log.push('sync'),
    onTrouble: ({ reason }) => troubles.push(reason),
  })
  const aborting = new AbortController()
  const run = watch.run(aborting.signal)
  const stop = async () => {
    aborting.abort(new Error('enough'))
    await timing.advance(0)
    await run
  }
  stops.push(stop)
  const serverSide = () =>
    new Map([...api.objects].map(([uid, { metadata }]) => [uid, metadata.resourceVersion]))
  return { api, timing, troubles, log, watch, stop, serverSide }
}

const unavailable = new KubernetesError('Unreachable', 'unavailable', 503)

describe('a watch', () => {
  it('lists page by page, then follows', async () => {
    const { api, timing, watch, serverSide, log } = setUp((fresh) => {
      for (const uid of ['a', 'b', 'c', 'd', 'e']) fresh.put(uid)
    })
    expect([watch.synced(), watch.stale(), watch.heardAgoMs()]).toEqual([false, true, undefined])
    await timing.advance(0)
    expect([watch.synced(), watch.stale(), api.lists]).toEqual([true, false, 3])
    expect(log.at(-1)).toBe('sync')
    api.put('f')
    api.remove('a')
    await timing.advance(0)
    expect(watch.items).toEqual(serverSide())
    expect(log.slice(-2)).toEqual(['change 7', 'delete 2'])
  })

  it('takes the usual end for what it is: goes on at once, with what came meanwhile', async () => {
    const { api, timing, watch, serverSide, troubles } = setUp()
    await timing.advance(250_000 - 1)
    for (let second = 0; second < 300; second += 60) {
      api.bookmark()
      await timing.advance(60_000)
    }
    const { watches, lists } = api
    api.endWatches()
    api.put('a')
    await timing.advance(0)
    expect(watch.items).toEqual(serverSide())
    expect(api.watches).toBe(watches + 1)
    expect(api.lists).toBe(lists)
    expect(troubles.filter((reason) => reason !== 'Silent')).toEqual([])
  })

  it('does not believe a silent connection, and resumes where it was', async () => {
    const { api, timing, watch, serverSide, troubles } = setUp()
    await timing.advance(0)
    api.silence()
    api.put('a')
    await timing.advance(89_000)
    expect([watch.items.size, troubles.length]).toEqual([0, 0])
    await timing.advance(3_000)
    expect(watch.items).toEqual(serverSide())
    expect([troubles, api.lists, api.watches]).toEqual([['Silent'], 1, 2])
  })

  it('lists again when the server has forgotten where it was', async () => {
    const { api, timing, watch, serverSide, troubles } = setUp()
    api.put('a')
    await timing.advance(0)
    api.silence()
    api.remove('a')
    api.put('b')
    api.compact()
    await timing.advance(100_000)
    expect(watch.items).toEqual(serverSide())
    expect([troubles, api.lists]).toEqual([['Silent', 'Gone'], 2])
  })

  it('lists everything again after ten minutes', async () => {
    const { api, timing } = setUp()
    await timing.advance(0)
    for (let minute = 0; minute < 16; minute += 1) {
      api.bookmark()
      if (minute % 5 === 4) api.endWatches()
      await timing.advance(60_000)
    }
    expect(api.lists).toBe(2)
  })

  it('lists everything again also where every watch breaks before its end', async () => {
    const { api, timing, watch, serverSide } = setUp()
    await timing.advance(0)
    api.loseNext()
    api.put('a')
    for (let minute = 0; minute < 14; minute += 1) {
      api.put('b')
      await timing.advance(65_000)
      api.breakWatches()
    }
    await timing.advance(2_000)
    expect(watch.items).toEqual(serverSide())
  })

  it('asks for the metadata alone where that is enough', async () => {
    const api = createFakeCollection()
    const asked: (string | undefined)[] = []
    const spied = {
      request: (...args: Parameters<typeof api.request>) => {
        asked.push(args[0].accept)
        return api.request(...args)
      },
      open: (...args: Parameters<typeof api.open>) => {
        asked.push(args[0].accept)
        return api.open(...args)
      },
    }
    const timing = createManualTiming()
    const watch = createWatch({
      ...{ api: spied, timing, path: '/api/v1/nodes', metadataOnly: true },
      parse: (object: unknown) => object,
    })
    const aborting = new AbortController()
    const run = watch.run(aborting.signal)
    await timing.advance(0)
    aborting.abort(new Error('enough'))
    await run
    expect(asked).toEqual([
      'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json',
      'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,application/json',
    ])
  })

  it('backs off from a server that is down, says when it is stale, and comes back', async () => {
    const { api, timing, watch, serverSide } = setUp()
    await timing.advance(0)
    api.failing = unavailable
    api.breakWatches()
    await timing.advance(119_000)
    expect(watch.stale()).toBe(false)
    await timing.advance(2_000)
    expect(watch.stale()).toBe(true)
    expect(api.watches + api.lists).toBeLessThan(14)
    api.put('a')
    api.failing = undefined
    await timing.advance(30_000)
    expect(watch.items).toEqual(serverSide())
    expect(watch.stale()).toBe(false)
  })

  it('does not hammer a server that ends each watch at once', async () => {
    const { api, timing } = setUp()
    await timing.advance(0)
    for (let second = 0; second < 60; second += 1) {
      api.endWatches()
      await timing.advance(1_000)
    }
    expect(api.watches).toBeLessThan(10)
  })

  it('waits as long as the server asks', async () => {
    const { api, timing } = setUp((fresh) => {
      fresh.failing = new KubernetesError('TooManyRequests', 'slow down', 429, 50)
    })
    await timing.advance(49_000)
    expect(api.lists).toBe(1)
    await timing.advance(1_000)
    expect(api.lists).toBe(2)
  })

  it('survives what its callbacks throw', async () => {
    const api = createFakeCollection()
    const timing = createManualTiming()
    const fail = () => {
      throw new Error('not my fault')
    }
    const watch = createWatch({
      ...{ api, timing, path: '/apis/x', parse: (object: unknown) => object },
      ...{ onChange: fail, onDelete: fail, onSync: fail, onTrouble: fail },
    })
    const aborting = new AbortController()
    const run = watch.run(aborting.signal)
    api.put('a')
    await timing.advance(0)
    api.put('b')
    await timing.advance(0)
    expect(watch.items.size).toBe(2)
    aborting.abort()
    await run
    expect(watch.state()).toEqual({ phase: 'stopped' })
  })

  it('holds what the server holds after any mishap, once it is left in peace', async () => {
    const uid = fc.constantFrom('a', 'b', 'c', 'd')
    const happening = fc.oneof(
      fc.record({ act: fc.constantFrom('put' as const, 'remove' as const), uid }),
      fc.record({
        act: fc.constantFrom('breakWatches', 'endWatches', 'silence', 'compact', 'bookmark'),
      }),
      fc.record({
        act: fc.constantFrom('loseNext', 'repeatOld'),
      }),
      fc.record({ act: fc.constantFrom('down' as const, 'up' as const) }),
      fc.record({ act: fc.constant('pass' as const), ms: fc.constantFrom(1_000, 20_000, 100_000) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 25, size: 'max' }), async (happenings) => {
        const { api, timing, watch, serverSide, stop, log } = setUp()
        for (const one of happenings) {
          if (one.act === 'pass') await timing.advance('ms' in one ? one.ms : 0)
          else if (one.act === 'down') api.failing = unavailable
          else if (one.act === 'up') api.failing = undefined
          else if (one.act === 'put') api.put('uid' in one ? one.uid : '')
          else if (one.act === 'remove') api.remove('uid' in one ? one.uid : '')
          else api[one.act as 'silence']()
          if (one.act === 'down') api.breakWatches()
        }
        api.failing = undefined
        // What was lost or came twice is put right by the next list of everything, at the latest.
        const lossy = happenings.some(({ act }) => act === 'loseNext' || act === 'repeatOld')
        await timing.advance(lossy ? 1_000_000 : 200_000)
        expect(watch.items).toEqual(serverSide())
        const told = new Set<string>()
        for (const line of log) {
          const [what, item = ''] = line.split(' ')
          if (what === 'change') told.add(item)
        }
        expect([...watch.items.values()].every((item) => told.has(item))).toBe(true)
        await stop()
      }),
      { numRuns: 400 },
    )
  })
})
