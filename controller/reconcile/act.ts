import type { PredictiveScaler } from '../api/schema.ts'
import type {
  EventSink,
  FloorActuator,
  HpaAnswer,
  HpaView,
  ObjectKey,
  ScalerStore,
} from './ports.ts'
import type { Wanted } from './wanted.ts'

export const FINALIZER = 'foresail.dev/release-hpa'

export interface ActPorts {
  store: ScalerStore
  actuator: FloorActuator
  events: EventSink
}

/** Writes what is wanted. The finalizer comes first: what was written is given back on deletion. */
export async function write(
  ports: ActPorts,
  scaler: PredictiveScaler,
  hpa: HpaView,
  wanted: Wanted,
  why: string,
  signal: AbortSignal,
): Promise<HpaAnswer> {
  const same =
    hpa.minReplicas === wanted.minReplicas && hpa.guardUtilization === wanted.guardUtilization
  // Once it has written, the actuator itself sees what still stands: also a guard that was changed in the spec.
  if (same && !holdsFinalizer(scaler)) return { kind: 'hpa', view: hpa }
  if (!holdsFinalizer(scaler)) {
    const finalizers = [...(scaler.metadata.finalizers ?? []), FINALIZER]
    const added = await ports.store.writeFinalizers(scaler, finalizers, signal)
    if (added.kind === 'error') return { kind: 'error', reason: 'Conflict', message: added.message }
  }
  const answer = await ports.actuator.write(wanted, signal)
  if (answer.kind === 'hpa') tell(ports.events, scaler, hpa, answer.view, why)
  else ports.events.emit(scaler, 'Warning', 'WriteFailed', answer.message)
  return answer
}

/** Gives the HPA back and lets go of the object. Does nothing where nothing was ever written. */
export async function release(
  ports: ActPorts,
  scaler: PredictiveScaler,
  signal: AbortSignal,
): Promise<HpaAnswer | null> {
  if (!holdsFinalizer(scaler)) return null
  const answer = await ports.actuator.release(signal)
  // An HPA that is gone has nothing to be given back.
  if (answer.kind === 'error') return answer
  const finalizers = (scaler.metadata.finalizers ?? []).filter((name) => name !== FINALIZER)
  const removed = await ports.store.writeFinalizers(scaler, finalizers, signal)
  if (removed.kind === 'error')
    return { kind: 'error', reason: 'Conflict', message: removed.message }
  if (answer.kind === 'hpa') {
    const { minReplicas } = answer.view
    ports.events.emit(
      scaler,
      'Normal',
      'HpaReleased',
      `gave the HPA back: minReplicas is ${minReplicas}`,
    )
  }
  return answer
}

export function holdsFinalizer(scaler: PredictiveScaler): boolean {
  return scaler.metadata.finalizers?.includes(FINALIZER) ?? false
}

export function keyOf({ metadata }: Pick<PredictiveScaler, 'metadata'>): ObjectKey {
  return { namespace: metadata.namespace, name: metadata.name }
}

function tell(
  events: EventSink,
  scaler: PredictiveScaler,
  before: HpaView,
  after: HpaView,
  why: string,
): void {
  if (after.minReplicas !== before.minReplicas) {
    const reason = after.minReplicas > before.minReplicas ? 'FloorRaised' : 'FloorLowered'
    const message = `minReplicas ${before.minReplicas} -> ${after.minReplicas}: ${why}`
    events.emit(scaler, 'Normal', reason, message)
  }
  if (after.guardUtilization !== before.guardUtilization) {
    const own = after.guardUtilization === after.original.guardUtilization
    const message = `target ${before.guardUtilization ?? '?'} % -> ${after.guardUtilization ?? '?'} %`
    events.emit(scaler, 'Normal', own ? 'GuardRestored' : 'GuardRaised', message)
  }
}
