import type { DryRun } from '../../hpa/dry-run.ts'

/** What would happen, in one sentence. */
export function headline(run: DryRun): string {
  const { target, currentReplicas, reconciled } = run
  const hpa = `HPA ${run.namespace}/${run.name}`
  const what = `${target.kind}/${target.name}`
  if (reconciled.written !== null) {
    const to = `from ${currentReplicas ?? 0} to ${reconciled.written} replicas`
    return `${hpa} would scale ${what} ${to}: ${reconciled.rescaleReason}`
  }
  if (currentReplicas === null) return `${hpa} would do nothing: ${reconciled.error ?? ''}`
  const stays = `${hpa} would leave ${what} at ${replicas(currentReplicas)}`
  if (reconciled.error !== null) return `${stays}: ${reconciled.error}`
  if (currentReplicas === 0) return `${stays}: it is off while its target is at 0`
  return stays
}

/** What became of the proposals, step by step; none where no metric was asked. */
export function steps({ reconciled }: DryRun): [step: string, replicas: string, why: string][] {
  const { proposed, normalized } = reconciled
  if (proposed === null || proposed.replicas === null || normalized === null) return []
  const { stabilized, limited, ableToScale } = normalized
  const held = stabilized === Math.max(0, proposed.replicas) ? '' : ableToScale.message
  const cut = limited.replicas === stabilized ? '' : `${limited.reason}: ${limited.message}`
  return [
    ['the metrics ask for', String(proposed.replicas), proposed.metric],
    ['held by earlier recommendations', String(stabilized), held],
    ['within the limits', String(limited.replicas), cut],
  ]
}

/** What is not known, where it could have made a difference; null where all is. */
export function caveat({ memoryKnown, reconciled, spec, currentReplicas }: DryRun): string | null {
  const { written, normalized } = reconciled
  if (memoryKnown || written === null || normalized === null) return null
  if (spec.behavior === null && written > (currentReplicas ?? 0)) return null
  return (
    'Not known here: what earlier syncs recommended and changed, which only the memory of the HPA ' +
    'controller holds. It may hold or slow this change for the length of its windows.'
  )
}

export function replicas(count: number): string {
  return count === 1 ? '1 replica' : `${count} replicas`
}
