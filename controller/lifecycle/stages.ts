import type { StartUpStages } from '../reconcile/ports.ts'
import { conditionOf, containersOf, type Pod } from './pod.ts'

/**
 * Where the time from creation to Ready went: until PodScheduled, from there until the last container of the
 * pod was started (sandbox, images and init containers), and from there until Ready. Times of Kubernetes have
 * whole seconds and come from several clocks, so that each is kept between those around it.
 *
 * @returns null where the pod does not say when it was scheduled or started
 */
export function stagesOf(pod: Pod, readyAtSeconds: number): StartUpStages | null {
  const createdAt = Date.parse(pod.metadata.creationTimestamp) / 1000
  const scheduled = conditionOf(pod, 'PodScheduled')
  const scheduledAt = secondsOf(scheduled?.status === 'True' ? scheduled.lastTransitionTime : null)
  const startedAt = Math.max(
    ...containersOf(pod).map(({ state }) => secondsOf(state?.running?.startedAt)),
  )
  if (Number.isNaN(scheduledAt) || !Number.isFinite(startedAt)) return null
  const within = (at: number, from: number): number => Math.min(Math.max(at, from), readyAtSeconds)
  const found = within(scheduledAt, createdAt)
  const running = within(startedAt, found)
  return {
    schedulingSeconds: found - createdAt,
    imageSeconds: running - found,
    applicationSeconds: readyAtSeconds - running,
  }
}

function secondsOf(time: string | null | undefined): number {
  return time == null ? NaN : Date.parse(time) / 1000
}
