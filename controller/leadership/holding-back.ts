import type { EventSink, FloorActuator, ScalerStore, WriteAnswer } from '../reconcile/ports.ts'

export interface WritingPorts {
  actuator: FloorActuator
  store: ScalerStore
  events: EventSink
}

/**
 * The same ports, which say what they would write instead of writing it, for as long as there is a reason:
 * a dry run, or the kill switch.
 *
 * @param reason null while writing is allowed
 */
export function holdingBack<Ports extends WritingPorts>(
  ports: Ports,
  reason: () => string | null,
  say: (what: string, fields: object) => void,
): Ports {
  const { actuator, store, events } = ports
  const instead = (what: string, fields: object): boolean => {
    const why = reason()
    if (why !== null) say(what, { ...fields, why })
    return why !== null
  }
  const done: WriteAnswer = { kind: 'done' }
  return {
    ...ports,
    actuator: {
      read: (signal) => actuator.read(signal),
      async write(wanted, signal) {
        if (reason() === null) return await actuator.write(wanted, signal)
        const seen = await actuator.read(signal)
        if (seen.kind === 'hpa') {
          const { minReplicas, guardUtilization } = seen.view
          const stands =
            minReplicas === wanted.minReplicas && guardUtilization === wanted.guardUtilization
          if (!stands) instead('floor', { from: { minReplicas, guardUtilization }, to: wanted })
        }
        return seen
      },
      release: (signal) =>
        instead('release', {}) ? actuator.read(signal) : actuator.release(signal),
    },
    store: {
      // A status changes all the time; what it would say is in the metrics and the log.
      writeStatus: (key, status, signal) =>
        reason() === null ? store.writeStatus(key, status, signal) : Promise.resolve(done),
      writeFinalizers: (scaler, finalizers, signal) => {
        if (!instead('finalizers', { finalizers })) {
          return store.writeFinalizers(scaler, finalizers, signal)
        }
        const adds = finalizers.length > (scaler.metadata.finalizers?.length ?? 0)
        // An object that is let go of would be gone, with what it moved still moved.
        const message = reason() ?? ''
        return Promise.resolve(adds ? done : { kind: 'error', reason: 'WritesHeld', message })
      },
    },
    events: {
      emit: (scaler, type, why, message) => {
        if (!instead('event', { reason: why, message })) events.emit(scaler, type, why, message)
      },
    },
  }
}
