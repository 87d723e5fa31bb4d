/** Pods for the tests of the rules. */
import type { Int64 } from './int64.ts'
import type { Pod, PodMetric, PodMetrics } from './pod.ts'

/** Of all times in the tests. */
export const NOW = 1_000_000

export const TIMING = { cpuInitializationPeriodSeconds: 300, initialReadinessDelaySeconds: 30 }
export const TOLERANCE = { down: 0.1, up: 0.1 }

/** A pod that has served for long, with one container that requests a core. */
export function servingPod(change: Partial<Pod> = {}): Pod {
  return {
    name: 'web',
    phase: 'Running',
    deleted: false,
    startSeconds: NOW - 10_000,
    ready: { status: 'True', sinceSeconds: NOW - 9_990 },
    containers: [{ name: 'app', requests: { cpu: 1000 } }],
    initContainers: [],
    podRequests: null,
    overhead: null,
    ...change,
  }
}

/** `count` of them: web-0, web-1, … */
export function servingPods(count: number, change: Partial<Pod> = {}): Pod[] {
  return Array.from({ length: count }, (_, i) => servingPod({ name: `web-${i}`, ...change }))
}

/** A fresh metric of each pod, by its place: web-0 has the first value, null is no metric. */
export function freshMetrics(...values: (Int64 | null)[]): PodMetrics {
  const metrics = new Map<string, PodMetric>()
  for (const [i, value] of values.entries()) {
    if (value === null) continue
    metrics.set(`web-${i}`, { value, atSeconds: NOW - 10, windowSeconds: 30 })
  }
  return metrics
}
