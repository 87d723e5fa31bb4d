import type { StartUpSample } from '../reconcile/ports.ts'
import { hasRestarted, isReady, isStarting, type Pod, readyCondition, revisionOf } from './pod.ts'
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
  if (!isReady(pod)) return null
  const since = readyCondition(pod)?.lastTransitionTime
  if (since == null) return null
  if (hasRestarted(pod)) return null
  const readyAtSeconds = Date.parse(since) / 1000
  const startUpSeconds = ageSeconds(pod, readyAtSeconds)
  if (startUpSeconds === null) return null
  return {
    ...{ podUid: pod.metadata.uid, readyAtSeconds, startUpSeconds },
    revision: revisionOf(pod),
    youngNode: isYoung(pod.spec.nodeName, readyAtSeconds - startUpSeconds),
    stages: stagesOf(pod, readyAtSeconds),
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
function ageSeconds({ metadata }: Pod, atSeconds: number): number | null {
  const age = atSeconds - Date.parse(metadata.creationTimestamp) / 1000
  return age >= 0 && age <= LONGEST_SECONDS ? age : null
}
