import { bottleneckOf } from './bottleneck.ts'
import { aboveCapacity } from './compare-load.ts'
import { isReady, type ScalerReport } from './scaler-report.ts'

/** For machines: the status as it lies in the object, and what follows from it. null is unknown. */
export function formatJson(report: ScalerReport): string {
  const { status } = report
  return `${JSON.stringify(
    {
      ...{ namespace: report.namespace, name: report.name, target: report.target },
      ...{ mode: report.mode, minReplicas: report.minReplicas, maxReplicas: report.maxReplicas },
      ...{ ready: isReady(report), current: report.current },
      floor: status?.floor ?? null,
      readyReplicas: status?.readyReplicas ?? null,
      next: status?.next ?? null,
      lastDecision: status?.lastDecision ?? null,
      plan: status?.plan ?? null,
      leadTime: leadTimeOf(report),
      model: status?.model ?? null,
      coverage: status?.coverage ?? null,
      highestLoadPerReplica: (status?.highestLoadPerReplica ?? []).map((load) => ({
        ...load,
        aboveCapacityPercent: percentOf(aboveCapacity(load)),
      })),
      conditions: status?.conditions ?? [],
    },
    null,
    2,
  )}\n`
}

function leadTimeOf({ status }: ScalerReport) {
  const leadTime = status?.leadTime
  return leadTime === undefined ? null : { ...leadTime, bottleneck: bottleneckOf(leadTime) }
}

function percentOf(share: number | null): number | null {
  return share === null ? null : Number((share * 100).toFixed(1))
}
