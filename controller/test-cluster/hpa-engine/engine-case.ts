import type { V2HorizontalPodAutoscalerSpec } from '@kubernetes/client-node'

/** What the metrics APIs say in one step; what is left out is an answer of 500. In thousandths. */
export interface Served {
  /** Of the `app` container of each pod, by its place among the names; null for a pod without metrics. */
  cpu?: (pod: number) => number | null
  /** Mebibytes, the same way. */
  memory?: (pod: number) => number | null
  /** Custom metric of each pod. */
  rps?: (pod: number) => number | null
  /** Custom metric of another object. */
  hits?: number
  /** External metric. */
  queue?: readonly number[]
}

/** What somebody does at the start of a step. */
export type Act =
  | { kind: 'scale'; replicas: number }
  | { kind: 'patchHpa'; spec: Partial<V2HorizontalPodAutoscalerSpec> }
  /** The first pod, by name. */
  | { kind: 'fail' | 'unready' }

/** One workload under an HPA, lived through step by step. */
export interface EngineCase {
  /** Of the Deployment, its pods' label and the HPA; a DNS label. */
  name: string
  replicas: number
  /** Of the `app` container; null for none. 100 when left out. */
  cpuRequestMillis?: number | null
  startUpSeconds?: readonly [from: number, to: number]
  minReplicas?: number
  maxReplicas?: number
  metrics: V2HorizontalPodAutoscalerSpec['metrics']
  behavior?: V2HorizontalPodAutoscalerSpec['behavior']
  /** A second HPA on the same Deployment, on its cpu. */
  twin?: boolean
  /** What the HPA scales, where that is not its Deployment. */
  target?: string
  served: (step: number) => Served
  acts?: Readonly<Record<number, Act>>
}

export const STEPS = 6
/** Two syncs and a little more. */
export const STEP_SECONDS = 32

export function hpaNames({ name, twin = false }: EngineCase): string[] {
  return twin ? [name, `${name}-2`] : [name]
}

type Metrics = NonNullable<V2HorizontalPodAutoscalerSpec['metrics']>

export function cpu(averageUtilization: number): Metrics {
  const target = { type: 'Utilization', averageUtilization }
  return [{ type: 'Resource', resource: { name: 'cpu', target } }]
}

export function perPod(type: 'Resource', name: string, averageValue: string): Metrics {
  return [{ type, resource: { name, target: { type: 'AverageValue', averageValue } } }]
}

export function rps(name: string, averageValue: string): Metrics {
  const target = { type: 'AverageValue', averageValue }
  return [{ type: 'Pods', pods: { metric: { name: `rps-${name}` }, target } }]
}

export function hits(name: string, target: Target): Metrics {
  const describedObject = { apiVersion: 'v1', kind: 'Service', name }
  return [{ type: 'Object', object: { describedObject, metric: { name: `hits-${name}` }, target } }]
}

export function queue(name: string, target: Target): Metrics {
  return [{ type: 'External', external: { metric: { name: `queue-${name}` }, target } }]
}

interface Target {
  type: 'Value' | 'AverageValue'
  value?: string
  averageValue?: string
}

export const average = (averageValue: string): Target => ({ type: 'AverageValue', averageValue })
export const whole = (value: string): Target => ({ type: 'Value', value })
