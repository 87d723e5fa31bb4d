import { beforeEach, describe, expect, it } from 'vitest'
import { readStored, type StoredScaler } from '../api/stored-scaler.ts'
import { ManualClock } from '../sandbox/manual-clock.ts'
import { MemoryHpa } from '../sandbox/memory-hpa.ts'
import { MemoryState } from '../sandbox/memory-state.ts'
import { preparedAtOnce } from '../sandbox/prepared-at-once.ts'
import { ShopWorld } from '../sandbox/shop-world.ts'
import { ControllerLoop, type LoopPorts } from './controller-loop.ts'
import type { ReconcilePorts } from './reconcile.ts'

const signal = new AbortController().signal
let scalers: Map<string, StoredScaler>
let clock: ManualClock
let said: string[]
let portsFor: LoopPorts['portsFor']
let loop: ControllerLoop

beforeEach(() => {
  scalers = new Map(['a', 'b'].map((name) => [name, scalerOf(name)]))
  said = []
  clock = new ManualClock(0)
  portsFor = () => Promise.resolve(portsOf(clock))
  const note = (what: string) => (key: { name: string }) => void said.push(`${what} ${key.name}`)
  loop = new ControllerLoop({
    clock,
    random: () => 0.5,
    refuse: (scaler) => {
      said.push(`refuse ${scaler.metadata.name}`)
      return Promise.resolve(null)
    },
    portsFor: (scaler, inner) => portsFor(scaler, inner),
    scalers: () => scalers,
    metrics: {
      set: note('set'),
      remove: note('remove'),
      countDecision: () => undefined,
      countSourceError: () => undefined,
    },
    log: { info: () => undefined, warn: (_fields, message) => void said.push(message) },
    forget: note('forget'),
    beat: () => void said.push('beat'),
  })
})

describe('the loop', () => {
  it('reconciles every scaler, and a broken one is no other’s business', async () => {
    const sound = portsFor
    portsFor = (scaler, inner) =>
      scaler.metadata.name === 'a' ? Promise.reject(new Error('broken')) : sound(scaler, inner)
    await Promise.all([...scalers.keys()].map((uid) => loop.syncOne(uid, signal)))
    expect(said).toContain('set b')
    expect(said).not.toContain('set a')
    expect(said).toContain('Failed to reconcile PredictiveScaler')
    expect(said.filter((line) => line === 'beat')).toHaveLength(2)
  })

  it('runs once more for what changed while it ran, and not at the same time', async () => {
    let running = 0
    let most = 0
    const sound = portsFor
    portsFor = async (scaler, inner) => {
      most = Math.max(most, ++running)
      await Promise.resolve()
      running--
      return await sound(scaler, inner)
    }
    const first = loop.syncOne('a', signal)
    void loop.syncOne('a', signal)
    void loop.syncOne('a', signal)
    await first
    await loop.syncOne('a', signal)
    expect(most).toBe(1)
    expect(said.filter((line) => line === 'set a').length).toBeGreaterThanOrEqual(2)
  })

  it('forgets a scaler that is gone, also when it goes while it is reconciled', async () => {
    const sound = portsFor
    await loop.syncOne('b', signal)
    portsFor = (scaler, inner) => {
      scalers.delete('a')
      return sound(scaler, inner)
    }
    await loop.syncOne('a', signal)
    expect(said).not.toContain('set a')
    scalers.delete('b')
    loop.syncAll()
    expect(said).toContain('forget b')
    expect(said).toContain('remove b')
  })

  it('refuses what it cannot take, and goes on with the others', async () => {
    scalers.set('a', scalerOf('a', 1e9))
    await Promise.all([...scalers.keys()].map((uid) => loop.syncOne(uid, signal)))
    expect(said).toContain('refuse a')
    expect(said).toContain('set b')
    expect(said).not.toContain('set a')
  })

  it('leaves one that fails alone for longer and longer, until it is changed', async () => {
    let tries = 0
    portsFor = () => {
      tries++
      return Promise.reject(new Error('broken'))
    }
    scalers.delete('b')
    await loop.syncOne('a', signal)
    const seen: number[] = []
    for (let second = 15; second <= 240; second += 15) {
      clock.set(second * 1000)
      loop.syncAll()
      await new Promise(setImmediate)
      if (tries > seen.length + 1) seen.push(second)
    }
    expect(seen).toEqual([15, 45, 105, 225])
    await loop.syncOne('a', signal)
    expect(tries).toBe(6)
  })
})

describe('what was learned', () => {
  const START = Date.UTC(2026, 0, 12, 9)
  const STOPPED = AbortSignal.abort()

  it('is kept after the first fit, and once more when the controller stops', async () => {
    const { shop, syncAt } = shopInLoop()
    for (const minute of [0, 1]) await syncAt(START + minute * 60_000 + 5000)
    expect(shop.state.writes).toHaveLength(1)
    await syncAt(START + 30 * 60_000 + 5000)
    expect(shop.state.writes).toHaveLength(1)
    await loop.run(STOPPED)
    expect(shop.state.writes).toHaveLength(2)
  })

  it('says so where it cannot be kept, and goes on', async () => {
    const { shop, syncAt } = shopInLoop()
    shop.state.fault = { kind: 'error', reason: 'Foreign', message: 'not ours' }
    for (const minute of [0, 1]) await syncAt(START + minute * 60_000 + 5000)
    expect(said).toContain('Not all that was kept can be used')
    expect(said).toContain('Failed to keep plan and checkpoint')
    expect(shop.hpa.minReplicas).toBeGreaterThan(2)
    await loop.run(STOPPED)
  })

  /** The loop over one scaler whose history is there. */
  function shopInLoop() {
    const shop = new ShopWorld()
    scalers.set('shop-web', { valid: true, scaler: shop.scaler })
    portsFor = () => Promise.resolve(shop.ports)
    const syncAt = async (nowMs: number): Promise<void> => {
      clock.set(nowMs)
      shop.clock.set(nowMs)
      await loop.syncOne('shop-web', signal)
    }
    return { shop, syncAt }
  }
})

function portsOf(clock: ManualClock): ReconcilePorts {
  const never = () => Promise.reject(new Error('no history is read here'))
  return {
    clock,
    sources: new Map(),
    forecasting: { rehearse: never, fit: never },
    pods: {
      synced: true,
      ready: 0,
      existing: 0,
      revision: '',
      faults: {},
      noRoom: null,
      startUps: [],
      starting: [],
    },
    ...{ state: new MemoryState(), preparations: preparedAtOnce },
    isCurrent: () => true,
    actuator: new MemoryHpa({ minReplicas: 1, guardUtilization: undefined }, 9),
    events: { emit: () => undefined },
    store: {
      writeStatus: () => Promise.resolve({ kind: 'done' }),
      writeFinalizers: () => Promise.resolve({ kind: 'done' }),
    },
  }
}

function scalerOf(name: string, maxReplicas = 9): StoredScaler {
  return readStored({
    apiVersion: 'foresail.dev/v1alpha1',
    kind: 'PredictiveScaler',
    metadata: { name, namespace: 'shop', uid: name, generation: 1 },
    spec: {
      scaleTargetRef: { kind: 'Deployment', name },
      maxReplicas,
      actuator: { name },
      demand: [{ name: 'rps', prometheus: { query: 'up' }, capacity: { averageValue: '1' } }],
    },
  })
}
