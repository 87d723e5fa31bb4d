import { parseScaler } from '../api/parse.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import { createMemory, type ScalerMemory } from '../reconcile/memory.ts'
import { type ReconcilePorts, reconcile } from '../reconcile/reconcile.ts'
import { fit, type Rehearsal, type RehearsalJob, rehearse } from '../reconcile/rehearse.ts'
import type { SyncView } from '../reconcile/view.ts'
import { ManualClock } from './manual-clock.ts'
import { MemoryHpa } from './memory-hpa.ts'
import { MemoryState } from './memory-state.ts'
import { preparedAtOnce } from './prepared-at-once.ts'
import { RecordedSource } from './recorded-source.ts'

/** Demand in replicas in the slot that starts at a second: a working day over a quiet night, with a grain. */
export function shopDemand(atSeconds: number): number {
  const hour = (atSeconds % 86_400) / 3600
  const day = Math.max(0, Math.sin(((hour - 7) / 12) * Math.PI))
  const grain = Math.abs(Math.sin(atSeconds * 12.9898) * 43758.5453) % 1
  return 5 + 15 * day + grain
}

/** A shop, one scaler over its HPA, and a controller that can be restarted. Nothing waits, nothing sleeps. */
export class ShopWorld {
  readonly clock = new ManualClock(0)
  readonly source = new RecordedSource((at) =>
    at < this.clock.nowMs() / 1000 ? 100 * shopDemand(at) : NaN,
  )
  readonly hpa = new MemoryHpa({ minReplicas: 2, guardUtilization: 70 }, 60)
  readonly state = new MemoryState()
  readonly events: string[] = []
  readonly scaler: PredictiveScaler
  readonly ports: ReconcilePorts
  memory: ScalerMemory = createMemory()

  constructor(spec: object = {}, uid = 'shop-web') {
    this.scaler = scalerOf(spec, uid)
    this.ports = {
      clock: this.clock,
      sources: new Map([['default', this.source]]),
      // As through a worker: nothing is shared with what was sent.
      forecasting: {
        rehearse: (job) => Promise.resolve(structuredClone(rehearsalOf(job))),
        fit: (job) => Promise.resolve(fit(structuredClone(job))),
      },
      pods: {
        synced: true,
        ready: 10,
        existing: 10,
        revision: '',
        faults: {},
        noRoom: null,
        startUps: [],
        starting: [],
      },
      state: this.state,
      preparations: preparedAtOnce,
      isCurrent: () => true,
      actuator: this.hpa,
      events: { emit: (_scaler, _type, reason) => void this.events.push(reason) },
      store: {
        writeStatus: () => Promise.resolve({ kind: 'done' }),
        writeFinalizers: (_scaler, finalizers) => {
          this.scaler.metadata.finalizers = finalizers
          return Promise.resolve({ kind: 'done' })
        },
      },
    }
  }

  async syncAt(atSeconds: number): Promise<SyncView> {
    this.clock.set(atSeconds * 1000)
    return await reconcile(this.ports, this.scaler, this.memory, new AbortController().signal)
  }

  /** The controller dies; what is not in the cluster is gone. */
  restart(): void {
    this.memory = createMemory()
  }
}

/** Living through a week takes most of a second: the same week is lived through once. */
const rehearsals = new Map<string, Rehearsal>()

function rehearsalOf(job: RehearsalJob): Rehearsal {
  const { samples, ...rest } = job
  const key = JSON.stringify([rest, samples.length])
  const rehearsal = rehearsals.get(key) ?? rehearse(structuredClone(job))
  rehearsals.set(key, rehearsal)
  return rehearsal
}

function scalerOf(spec: object, uid: string): PredictiveScaler {
  const parsed = parseScaler({
    apiVersion: 'foresail.dev/v1alpha1',
    kind: 'PredictiveScaler',
    metadata: { name: 'shop-web', namespace: 'shop', generation: 1, uid },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop-web' },
      minReplicas: 2,
      maxReplicas: 60,
      mode: 'Auto',
      actuator: { type: 'HorizontalPodAutoscaler', name: 'shop-web' },
      demand: [
        { name: 'requests', prometheus: { query: 'sum(rps)' }, capacity: { averageValue: '100' } },
      ],
      reactive: { guard: { metric: 'cpu', averageUtilization: 85 } },
      ...spec,
    },
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.scaler
}
