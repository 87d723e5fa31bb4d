import type { StartUpSample } from '../reconcile/ports.ts'
import { isStarting, type Pod } from './pod.ts'
import { stagesOf } from './stages.ts'
import type { IsYoung } from './young-nodes.ts'

/**
 * A pod that is Ready half an hour after its creation was hardly starting all that time: it lost its
 * readiness in between, and the Ready condition keeps only the newest turn.
 */
const LONGEST_SECONDS = 1800

/**
 * How long a pod took from creation to Ready, when this is the first time it is seen Ready.
 *
 * @returns null for a pod that is not Ready, or whose first Ready is not to be seen any more: its
 * containers were restarted, or it is Ready too long after its creation
 */
export function startUpOf(pod: Pod, isYoung: IsYoung = () => false): StartUpSample | null {
  const { uid, revision, nodeName, createdSeconds, readySeconds, scheduledSeconds } = pod
  if (!pod.ready || readySeconds === null || pod.restarted) return null
  const startUpSeconds = ageSeconds(pod, readySeconds)
  if (startUpSeconds === null) return null
  return {
    ...{ podUid: uid, readyAtSeconds: readySeconds, startUpSeconds, revision },
    youngNode: isYoung(nodeName, scheduledSeconds ?? createdSeconds),
    stages: stagesOf(pod, readySeconds),
  }
}

/**
 * For how long a pod has been starting.
 *
 * @returns null for a pod that is not, and for one that has been for so long that it hardly will be Ready
 */
export function startingSeconds(pod: Pod, nowSeconds: number): number | null {
  return isStarting(pod) ? ageSeconds(pod, nowSeconds) : null
}

/** Null where clocks differ, and beyond what any start-up takes. */
function ageSeconds({ createdSeconds }: Pod, atSeconds: number): number | null {
  const age = atSeconds - createdSeconds
  return age >= 0 && age <= LONGEST_SECONDS ? age : null
}
