/** What cases are made of, as the engine takes it. Times are ages, and now is 0. */
import {
  completeBehavior,
  type ScalingRules,
  type WrittenRules,
} from '../../forecaster/reactive/hpa/behavior.ts'
import type { Failure } from '../../forecaster/reactive/hpa/failure.ts'
import type { Int64 } from '../../forecaster/reactive/hpa/int64.ts'
import type { Container, Pod, PodMetric, Requests } from '../../forecaster/reactive/hpa/pod.ts'
import type { Sample } from '../../forecaster/reactive/hpa/sample.ts'
import type { ScaleEvent } from '../../forecaster/reactive/hpa/scale-events.ts'
import type { Recommendation } from '../../forecaster/reactive/hpa/stabilize.ts'
import { readInt64, type Written } from './case-file.ts'

export const NOW_SECONDS = 0

interface CaseContainer {
  name: string
  cpuRequest: Written | null
}

export interface CasePod {
  name?: string
  phase?: string
  ready?: string | null
  startAgeS?: number | null
  readyTransitionAgeS?: number | null
  deleted?: boolean
  containers?: readonly CaseContainer[]
  /** Those that run on say so in a field about restarting. */
  initContainers?: readonly CaseContainer[]
  podCpuRequest?: Written | null
}

export function readPod(pod: CasePod): Pod {
  const { ready, startAgeS, readyTransitionAgeS, podCpuRequest } = pod
  return {
    name: pod.name ?? 'pod',
    phase: pod.phase ?? 'Running',
    deleted: pod.deleted ?? false,
    startSeconds: startAgeS == null ? null : -startAgeS,
    ready: ready == null ? null : { status: ready, sinceSeconds: -(readyTransitionAgeS ?? 0) },
    containers: (pod.containers ?? []).map(readContainer),
    initContainers: (pod.initContainers ?? []).map((container) => ({
      ...readContainer(container),
      restartable: Object.entries(container).some(
        ([field, value]) => /restart/i.test(field) && (value === true || value === 'Always'),
      ),
    })),
    podRequests: podCpuRequest == null ? null : { cpu: readInt64(podCpuRequest) },
    overhead: null,
  }
}

function readContainer({ name, cpuRequest }: CaseContainer): Container {
  const requests: Requests = cpuRequest == null ? {} : { cpu: readInt64(cpuRequest) }
  return { name, requests }
}

interface CaseMetric {
  ageS?: number
  windowS?: number
  value?: Written
  containers?: Readonly<Record<string, Written | null>>
}

export type CaseMetrics = Readonly<Record<string, CaseMetric | Written>> | null

const FETCH_FAILED: Failure = { failure: 'the fetch fails' }

export function readResourceSample(metrics: CaseMetrics | undefined): Sample {
  if (metrics == null) return FETCH_FAILED
  const pods = Object.entries(metrics).map(([pod, metric]) => {
    const { ageS = 0, windowS = 0, containers = {}, value } = measured(metric)
    const whole = value === undefined ? containers : { whole: value }
    return {
      pod,
      atSeconds: -ageS,
      windowSeconds: windowS,
      containers: Object.entries(whole).map(([name, usage]) => ({
        name,
        usage: usage === null ? null : readInt64(usage),
      })),
    }
  })
  return { kind: 'resource', pods }
}

export function readPodsSample(metrics: CaseMetrics | undefined): Sample {
  if (metrics == null) return FETCH_FAILED
  const pods = [...readPodMetrics(metrics)].map(([pod, metric]) => ({ pod, ...metric }))
  return { kind: 'pods', pods }
}

export function readPodMetrics(metrics: NonNullable<CaseMetrics>): Map<string, PodMetric> {
  return new Map(
    Object.entries(metrics).map(([pod, metric]) => {
      const { ageS = 0, windowS = 0, value = 0 } = measured(metric)
      return [pod, { value: readInt64(value), atSeconds: -ageS, windowSeconds: windowS }]
    }),
  )
}

function measured(metric: CaseMetric | Written): CaseMetric {
  return typeof metric === 'object' ? metric : { value: metric }
}

export function readObjectSample(value: Written | { value: Written } | null | undefined): Sample {
  if (value == null) return FETCH_FAILED
  return { kind: 'object', value: readInt64(typeof value === 'object' ? value.value : value) }
}

export function readExternalSample(values: readonly Written[] | null | undefined): Sample {
  return values == null ? FETCH_FAILED : { kind: 'external', values: values.map(readInt64) }
}

export type CaseRules = WrittenRules | null | undefined

export function readRules(rules: CaseRules, direction: 'up' | 'down'): ScalingRules {
  const { scaleUp, scaleDown } = completeBehavior(rules, rules)
  return direction === 'up' ? scaleUp : scaleDown
}

export interface CaseEvent {
  change: number
  ageS: number
  outdated?: boolean
}

export function readEvents(events: readonly CaseEvent[] | null | undefined): ScaleEvent[] {
  return (events ?? []).map(({ change, ageS, outdated = false }) => {
    return { change, atSeconds: -ageS, outdated }
  })
}

export interface CaseRecommendation {
  replicas: number
  ageS: number
}

export function readRecommendations(
  recommendations: readonly CaseRecommendation[],
): Recommendation[] {
  return recommendations.map(({ replicas, ageS }) => ({ replicas, atSeconds: -ageS }))
}

/** Numbers of 64 bits as a case writes them. */
export function written(value: Int64): Written {
  return typeof value === 'number' ? value : value.toString()
}
