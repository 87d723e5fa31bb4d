import type { PodFault } from '../reconcile/ports.ts'

/** What keeps a container from running that waiting will not mend; null while all goes well. */
export type ContainerWait = Exclude<PodFault, 'Unschedulable'> | null

/** Reasons of a waiting container, in Kubernetes' own words. */
const WAITS: Readonly<Record<string, ContainerWait>> = {
  ContainerCreating: null,
  PodInitializing: null,
  CrashLoopBackOff: 'Crashing',
  ErrImagePull: 'ImageUnavailable',
  ErrImageNeverPull: 'ImageUnavailable',
  ImagePullBackOff: 'ImageUnavailable',
  ImageInspectError: 'ImageUnavailable',
  InvalidImageName: 'ImageUnavailable',
  RegistryUnavailable: 'ImageUnavailable',
}

/** The first fault among the containers of a pod. A reason not listed is of a container that cannot be made. */
export function waitOf(reasons: readonly (string | undefined)[]): ContainerWait {
  for (const reason of reasons) {
    if (reason === undefined) continue
    const fault = Object.hasOwn(WAITS, reason) ? (WAITS[reason] ?? null) : 'Misconfigured'
    if (fault !== null) return fault
  }
  return null
}
