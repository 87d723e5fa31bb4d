import type { Behavior } from './behavior.ts'
import { type ControllerSettings, HPA_SYNC_SECONDS } from './controller-settings.ts'
import { limitedReplicas } from './limit-replicas.ts'
import { EMPTY_MEMORY, type HpaMemory, withChange } from './memory.ts'
import { normalize } from './normalize.ts'
import type { Recommendation } from './stabilize.ts'
import type { Tolerance } from './tolerance.ts'
import { averageValueReplicas } from './workload-metric-replicas.ts'

/** An HPA with one metric of the whole workload and a target per replica (External, AverageValue). */
export interface AggregateHpa {
  minReplicas: number
  maxReplicas: number
  behavior: Behavior | null
  tolerance: Tolerance
  settings: Pick<ControllerSettings, 'downscaleStabilizationSeconds' | 'upscaleLimit'>
}

/** What it keeps between syncs. */
export interface AggregateMemory {
  /** Without `behavior`: what of the past can still be the highest, falling from the oldest on. */
  highest: Recommendation[]
  /** With it: all. */
  whole: HpaMemory
}

export function createAggregateMemory(): AggregateMemory {
  return { highest: [], whole: EMPTY_MEMORY }
}

/** The target that usage is counted in parts of: whole, and finer than any replica. */
const TARGET = 1_000_000

/** Demand as usage for {@link syncAggregate}; NaN stays NaN. */
export function aggregateUsage(demand: number, targetPerReplica: number): number {
  return Math.round((demand / targetPerReplica) * TARGET)
}

/**
 * One sync on aggregate demand: what `reconcile` does with such an HPA where every replica exists, in a
 * fraction of the time. A hundred million of them make one sweep of the backtest.
 *
 * @param usage from {@link aggregateUsage}; NaN where the metric cannot be had: then nothing changes
 * @param current replicas that exist
 * @returns replicas it sets
 */
export function syncAggregate(
  memory: AggregateMemory,
  hpa: AggregateHpa,
  usage: number,
  current: number,
  nowSeconds: number,
): number {
  if (hpa.behavior !== null)
    return syncWithBehavior(memory, hpa, hpa.behavior, usage, current, nowSeconds)
  const { highest } = memory
  if (highest.length === 0) highest.push({ replicas: current, atSeconds: nowSeconds })
  if (isOff(hpa, current)) return 0
  if (current > hpa.maxReplicas) return hpa.maxReplicas
  if (current < hpa.minReplicas) return hpa.minReplicas
  if (Number.isNaN(usage)) return current
  const desired = averageValueReplicas(usage, TARGET, current, hpa.tolerance)
  const cutoff = nowSeconds - hpa.settings.downscaleStabilizationSeconds
  const stabilized = highestSince(highest, cutoff, Math.max(0, desired), nowSeconds)
  return limitedReplicas(current, stabilized, hpa, hpa.settings.upscaleLimit)
}

/** Scaled to 0 by hand. With a minimum of 0 it is taken to have gone there itself, and comes back. */
function isOff({ minReplicas }: AggregateHpa, current: number): boolean {
  return current === 0 && minReplicas > 0
}

function highestSince(
  highest: Recommendation[],
  cutoff: number,
  desired: number,
  nowSeconds: number,
): number {
  while ((highest[0]?.atSeconds ?? Infinity) < cutoff) highest.shift()
  while ((highest.at(-1)?.replicas ?? Infinity) <= desired) highest.pop()
  highest.push({ replicas: desired, atSeconds: nowSeconds })
  return highest[0]?.replicas ?? desired
}

function syncWithBehavior(
  memory: AggregateMemory,
  hpa: AggregateHpa,
  behavior: Behavior,
  usage: number,
  current: number,
  nowSeconds: number,
): number {
  const { minReplicas, maxReplicas, settings } = hpa
  const started = { replicas: current, atSeconds: nowSeconds }
  memory.whole = { ...memory.whole, recommendations: memory.whole.recommendations ?? [started] }
  if (isOff(hpa, current)) return 0
  let replicas = current
  if (current > maxReplicas) replicas = maxReplicas
  else if (current < minReplicas) replicas = minReplicas
  else if (!Number.isNaN(usage)) {
    const desired = Math.max(0, averageValueReplicas(usage, TARGET, current, hpa.tolerance))
    const asked = { current, desired, bounds: hpa, behavior, memory: memory.whole }
    const { limited, recommendations } = normalize({ ...asked, settings, nowSeconds })
    memory.whole = { ...memory.whole, recommendations }
    replicas = limited.replicas
  }
  if (replicas !== current) {
    memory.whole = withChange(memory.whole, behavior, replicas - current, nowSeconds)
  }
  return replicas
}

/** The syncs that fall into one slot, all on the same sample; at least one. */
export function syncAggregateOverSlot(
  memory: AggregateMemory,
  hpa: AggregateHpa,
  usage: number,
  current: number,
  slotStartSeconds: number,
  stepSeconds: number,
): number {
  const syncs = Math.max(1, Math.round(stepSeconds / HPA_SYNC_SECONDS))
  let replicas = current
  for (let i = 0; i < syncs; i++) {
    const nowSeconds = slotStartSeconds + i * HPA_SYNC_SECONDS
    replicas = syncAggregate(memory, hpa, usage, replicas, nowSeconds)
  }
  return replicas
}
