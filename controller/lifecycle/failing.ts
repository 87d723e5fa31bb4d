import type { PodsView } from '../reconcile/ports.ts'

/** One pod in five: fewer are an accident, and the others carry the load. */
const FAILING_SHARE = 0.2

type Faulty = Pick<PodsView, 'faults' | 'noRoom'>

/** Whether pods are at fault beyond doubt: one without a node may have it in a minute. */
export function hasLastingFaults({ faults, noRoom }: Faulty): boolean {
  const { Unschedulable: _, ...lasting } = faults
  return noRoom !== null || Object.keys(lasting).length > 0
}

/**
 * Whether so many pods cannot become Ready that the workload itself is broken: then demand that falls may
 * fall because of that, and nothing is lowered for it (research: 80 % of the pods Ready).
 */
export function isFailing(pods: Faulty & Pick<PodsView, 'existing'>): boolean {
  if (!hasLastingFaults(pods)) return false
  const { Unschedulable: _, ...lasting } = pods.faults
  const failing = Object.values(lasting).reduce((a, b) => a + b, pods.noRoom?.pods ?? 0)
  return failing > FAILING_SHARE * pods.existing
}
