import { CONDITION_TYPES, type Condition, setCondition } from '../api/conditions.ts'
import { formatProblem } from '../api/problem.ts'
import type { PredictiveScalerStatus } from '../api/status.ts'
import type { InvalidScaler } from '../api/stored-scaler.ts'
import { FINALIZER } from './act.ts'
import type { EventSink, FloorActuator, ObjectKey, ScalerStore } from './ports.ts'

export interface RefusePorts {
  store: ScalerStore
  events: EventSink
  actuator: FloorActuator
  nowMs: number
}

/** Longer than any message that people read. */
const MESSAGE_LIMIT = 4096

/**
 * An object that this version cannot take: its conditions say which field is wrong, and of what it moved only
 * the guard is given back. The floor stays: nothing is known that could lower it. Once deleted, all is given
 * back.
 *
 * @returns what went wrong, null when nothing did
 */
export async function refuseInvalid(
  ports: RefusePorts,
  scaler: InvalidScaler,
  signal: AbortSignal,
): Promise<string | null> {
  const { metadata } = scaler
  const held = metadata.finalizers?.includes(FINALIZER) ?? false
  if (metadata.deletionTimestamp != null) return held ? await letGo(ports, scaler, signal) : null
  const trouble = held ? await giveGuardBack(ports.actuator, signal) : null
  const status = refusedStatus(scaler, ports.nowMs)
  if (JSON.stringify(status) === JSON.stringify(scaler.status)) return trouble
  const key: ObjectKey = { namespace: metadata.namespace, name: metadata.name }
  const written = await ports.store.writeStatus(key, status, signal)
  // The API server checks the whole object, and so may refuse the status of one that it would not take today.
  if (written.kind === 'error') ports.events.emit(scaler, 'Warning', 'SpecRefused', wrongIn(scaler))
  return written.kind === 'error' ? written.message : trouble
}

async function giveGuardBack(actuator: FloorActuator, signal: AbortSignal): Promise<string | null> {
  const seen = await actuator.read(signal)
  if (seen.kind !== 'hpa') return seen.message
  const { minReplicas, guardUtilization, original } = seen.view
  if (guardUtilization === original.guardUtilization) return null
  const wanted = { minReplicas, guardUtilization: original.guardUtilization }
  const written = await actuator.write(wanted, signal)
  return written.kind === 'hpa' ? null : written.message
}

async function letGo(
  { actuator, store }: RefusePorts,
  { metadata }: InvalidScaler,
  signal: AbortSignal,
): Promise<string | null> {
  const released = await actuator.release(signal)
  // One that is gone has nothing to be given back.
  if (released.kind === 'error') return released.message
  const finalizers = (metadata.finalizers ?? []).filter((name) => name !== FINALIZER)
  const removed = await store.writeFinalizers({ metadata }, finalizers, signal)
  return removed.kind === 'error' ? removed.message : null
}

function wrongIn({ problems }: Pick<InvalidScaler, 'problems'>): string {
  return problems.map(formatProblem).join('; ').slice(0, MESSAGE_LIMIT)
}

/** Every condition is set; the rest of the status stays as it was. */
export function refusedStatus(
  { metadata, problems, status }: InvalidScaler,
  nowMs: number,
): PredictiveScalerStatus {
  const now = `${new Date(nowMs).toISOString().slice(0, 19)}Z`
  const message = wrongIn({ problems })
  const conditions = CONDITION_TYPES.reduce<readonly Condition[]>(
    (list, type) =>
      setCondition(
        list,
        {
          type,
          status: type === 'Ready' ? 'False' : 'Unknown',
          reason: 'InvalidSpec',
          message,
          observedGeneration: metadata.generation,
        },
        now,
      ),
    status?.conditions ?? [],
  )
  return { ...status, conditions: [...conditions] }
}
