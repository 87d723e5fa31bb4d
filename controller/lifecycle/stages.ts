import type { StartUpStages } from '../reconcile/ports.ts'
import type { Pod } from './pod.ts'

/**
 * Where the time from creation to first Ready went.
 *
 * - scheduling: creation to the transition of PodScheduled to True
 * - image: from there to the newest `startedAt` of its containers: sandbox (PodReadyToStartContainers), images,
 *   and init containers (Initialized), which lie between those two
 * - application: from there to the transition of Ready to True
 *
 * A bound that the pod does not tell leaves out the stages on both its sides. Times of Kubernetes have whole
 * seconds and come from several clocks, so that each is kept between those around it.
 *
 * @returns the stages that are known; when all are, they add up to the whole
 */
export function stagesOf(pod: Pod, readyAtSeconds: number): Partial<StartUpStages> {
  const { createdSeconds, scheduledSeconds, startedSeconds } = pod
  const within = (at: number | null, from: number): number | null =>
    at === null ? null : Math.min(Math.max(at, from), readyAtSeconds)
  const found = within(scheduledSeconds, createdSeconds)
  const running = within(startedSeconds, found ?? createdSeconds)
  return {
    ...(found !== null && { schedulingSeconds: found - createdSeconds }),
    ...(found !== null && running !== null && { imageSeconds: running - found }),
    ...(running !== null && { applicationSeconds: readyAtSeconds - running }),
  }
}
