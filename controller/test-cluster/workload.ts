import type {
  V1Deployment,
  V2HorizontalPodAutoscaler,
  V2HorizontalPodAutoscalerBehavior,
} from '@kubernetes/client-node'

import { START_UP_FROM, START_UP_TO } from './kwok-stages.ts'

export interface WorkloadOptions {
  namespace: string
  name: string
  replicas: number
  /** CPU request of one pod, in thousandths of a core; 100 when left out. */
  cpuMillis?: number
  /** Seconds from scheduled to Ready, drawn uniformly between the two. */
  startUpSeconds: readonly [from: number, to: number]
}

export const DEFAULT_CPU_MILLIS = 100

/** The labels of a workload's pods, and so its selector. */
export function podLabels(name: string): Record<string, string> {
  return { app: name }
}

export function deployment(options: WorkloadOptions): V1Deployment {
  const labels = podLabels(options.name)
  const [from, to] = options.startUpSeconds
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: options.name, namespace: options.namespace, labels },
    spec: {
      replicas: options.replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: {
          labels,
          annotations: { [START_UP_FROM]: `${from}s`, [START_UP_TO]: `${to}s` },
        },
        spec: {
          containers: [
            {
              name: 'app',
              image: 'example.invalid/app:1',
              resources: { requests: { cpu: `${options.cpuMillis ?? DEFAULT_CPU_MILLIS}m` } },
            },
          ],
        },
      },
    },
  }
}

export interface HpaOptions {
  namespace: string
  /** Of the HPA and of the Deployment it scales. */
  name: string
  minReplicas: number
  maxReplicas: number
  /** Per cent of the CPU request. */
  averageUtilization: number
  behavior?: V2HorizontalPodAutoscalerBehavior
  /** The workload, where it is no Deployment. */
  target?: { apiVersion: string; kind: string; name: string }
}

export function horizontalPodAutoscaler(options: HpaOptions): V2HorizontalPodAutoscaler {
  const { namespace, name, minReplicas, maxReplicas, averageUtilization, behavior } = options
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name, namespace },
    spec: {
      scaleTargetRef: options.target ?? { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas,
      maxReplicas,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
        },
      ],
      ...(behavior && { behavior }),
    },
  }
}
