import {
  becomeReady,
  existingPods,
  type StartUpSlots,
  scaleTo,
  startPods,
} from '../actuation/pods.ts'

/** What a policy may know when it decides slot `slot`: samples before it, and its own pods. */
export interface Moment {
  /** Index of the slot decided. */
  slot: number
  /** Demand of the slot before; NaN when its sample is missing. */
  newestSample: number
  existing: number
  ready: number
}

/** Decides replicas for each slot in turn. Stateful: it is asked once a slot, in order. */
export type Policy = (moment: Moment) => number

export interface ReplayWorld {
  /** Samples as the policy sees them: NaN in gaps. */
  samples: Float64Array
  /** First slot decided. */
  firstSlot: number
  initialReplicas: number
  minReplicas: number
  maxReplicas: number
  startUp: StartUpSlots
}

/** One row a slot from `firstSlot` on. */
export interface ReplayRun {
  desired: Int32Array
  ready: Int32Array
  existing: Int32Array
}

/** Runs a policy through the recording, slot by slot, in the order of PROTOCOL §3. */
export function replay(world: ReplayWorld, policy: Policy): ReplayRun {
  const slots = Math.max(0, world.samples.length - world.firstSlot)
  const run = {
    desired: new Int32Array(slots),
    ready: new Int32Array(slots),
    existing: new Int32Array(slots),
  }
  const pods = startPods(world.initialReplicas)
  for (let i = 0; i < slots; i++) {
    const slot = world.firstSlot + i
    becomeReady(pods, slot)
    const newestSample = world.samples[slot - 1] ?? NaN
    const desired = policy({ slot, newestSample, existing: existingPods(pods), ready: pods.ready })
    const limited = Math.min(Math.max(desired, world.minReplicas), world.maxReplicas)
    scaleTo(pods, limited, slot, world.startUp)
    run.desired[i] = limited
    run.ready[i] = pods.ready
    run.existing[i] = existingPods(pods)
  }
  return run
}
