import type { DryRun } from '../../hpa/dry-run.ts'
import { caveat } from './explain.ts'
import type { DryRunReport } from './format-table.ts'
import { metricLines } from './metric-lines.ts'

export function formatJson({ run, changed }: DryRunReport): string {
  const report = {
    ...resultOf(run),
    whatIf: changed === null ? null : { set: changed.settings, asItIs: resultOf(changed.from) },
  }
  return `${JSON.stringify(report, null, 2)}\n`
}

function resultOf(run: DryRun) {
  const { reconciled, spec } = run
  const { proposed, normalized } = reconciled
  return {
    hpa: { namespace: run.namespace, name: run.name },
    target: run.target,
    minReplicas: spec.minReplicas,
    maxReplicas: spec.maxReplicas,
    currentReplicas: run.currentReplicas,
    desiredReplicas: reconciled.desiredReplicas,
    wouldScale: reconciled.written !== null,
    reason: reconciled.rescaleReason,
    metrics: metricLines(run),
    steps: normalized && {
      proposed: proposed?.replicas ?? null,
      stabilized: normalized.stabilized,
      limited: normalized.limited,
    },
    conditions: reconciled.conditions,
    error: reconciled.error,
    notKnown: caveat(run),
  }
}
