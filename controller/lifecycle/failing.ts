import type { PodsView } from '../reconcile/ports.ts'

/** One pod in five: fewer are an accident, and the others carry the load. */
const FAILING_SHARE = 0.2

type Faulty = Pick<PodsView, 'faults' | 'noRoom'>

/** Whether pods are at fault beyond doubt. */
export function hasLastingFaults(pods: Faulty): boolean {
  return lastingFaults(pods) > 0
}

/**
 * Whether so many pods cannot become Ready that the workload itself is broken: then demand that falls may
 * fall because of that, and nothing is lowered for it.
 */
export function isFailing(pods: Faulty & Pick<PodsView, 'existing'>): boolean {
  return lastingFaults(pods) > FAILING_SHARE * pods.existing
}

/** A pod without a node counts once that has lasted: a cluster that grows may have one in a minute. */
function lastingFaults({ faults, noRoom }: Faulty): number {
  const { Crashing = 0, ImageUnavailable = 0, Misconfigured = 0 } = faults
  return Crashing + ImageUnavailable + Misconfigured + (noRoom?.pods ?? 0)
}

function lastingFaults({
  ImageUnavailable = 0,
  Crashing = 0,
  Misconfigured = 0,
}: Faulty['faults']): number {
  return ImageUnavailable + Crashing + Misconfigured
}
