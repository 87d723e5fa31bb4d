import type { PodFault } from '../reconcile/ports.ts'
import { conditionOf, containersOf, exists, isReady, type Pod } from './pod.ts'

/** What a container waits for when waiting will not help, by Kubernetes' own words. */
const WAITS: Readonly<Record<string, PodFault>> = {
  CrashLoopBackOff: 'Crashing',
  ErrImagePull: 'ImageUnavailable',
  ErrImageNeverPull: 'ImageUnavailable',
  ImagePullBackOff: 'ImageUnavailable',
  ImageInspectError: 'ImageUnavailable',
  InvalidImageName: 'ImageUnavailable',
  RegistryUnavailable: 'ImageUnavailable',
  CreateContainerConfigError: 'Misconfigured',
  CreateContainerError: 'Misconfigured',
  RunContainerError: 'Misconfigured',
}

/** What keeps a pod from becoming Ready; null while it is Ready, or starts as pods do. */
export function faultOf(pod: Pod): PodFault | null {
  if (!exists(pod) || isReady(pod)) return null
  if (conditionOf(pod, 'PodScheduled')?.status === 'False') return 'Unschedulable'
  for (const { state } of containersOf(pod)) {
    const fault = WAITS[state?.waiting?.reason ?? '']
    if (fault !== undefined) return fault
  }
  return null
}

export function faultsOf(pods: readonly Pod[]): Partial<Record<PodFault, number>> {
  const counts: Partial<Record<PodFault, number>> = {}
  for (const pod of pods) {
    const fault = faultOf(pod)
    if (fault !== null) counts[fault] = (counts[fault] ?? 0) + 1
  }
  return counts
}
