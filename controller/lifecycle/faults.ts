import type { PodFault } from '../reconcile/ports.ts'
import type { Pod } from './pod.ts'

/**
 * What keeps a pod from becoming Ready; null while it is Ready, or starts as pods do. One that has restarted
 * and is not Ready counts as crashing also while its next attempt runs.
 */
export function faultOf(pod: Pod): PodFault | null {
  if (!pod.exists || pod.ready) return null
  if (pod.unschedulableSeconds !== null) return 'Unschedulable'
  return pod.waiting ?? (pod.restarted ? 'Crashing' : null)
}

export function faultsOf(pods: readonly Pod[]): Partial<Record<PodFault, number>> {
  const counts: Partial<Record<PodFault, number>> = {}
  for (const pod of pods) {
    const fault = faultOf(pod)
    if (fault !== null) counts[fault] = (counts[fault] ?? 0) + 1
  }
  return counts
}
