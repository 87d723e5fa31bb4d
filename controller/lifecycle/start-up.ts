import type { StartUpSample } from '../reconcile/ports.ts'
import { isReady, type Pod, readyCondition } from './pod.ts'

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
export function startUpOf(pod: Pod): StartUpSample | null {
  if (!isReady(pod)) return null
  const since = readyCondition(pod)?.lastTransitionTime
  if (since == null) return null
  const { containerStatuses, initContainerStatuses } = pod.status
  const containers = [...containerStatuses, ...initContainerStatuses]
  if (containers.some(({ restartCount }) => restartCount > 0)) return null
  const readyAtSeconds = Date.parse(since) / 1000
  const startUpSeconds = readyAtSeconds - Date.parse(pod.metadata.creationTimestamp) / 1000
  if (!(startUpSeconds >= 0 && startUpSeconds <= LONGEST_SECONDS)) return null
  return { podUid: pod.metadata.uid, readyAtSeconds, startUpSeconds }
}
