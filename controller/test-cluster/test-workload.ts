import type { Cluster } from './cluster.ts'
import { notYet, waitFor } from './wait.ts'
import type { HpaOptions, WorkloadOptions } from './workload.ts'
import { DEFAULT_CPU_MILLIS, deployment, horizontalPodAutoscaler, podLabels } from './workload.ts'

export interface TestWorkloadOptions extends WorkloadOptions {
  hpa?: Omit<HpaOptions, 'namespace' | 'name'>
  /** The demand at which one pod uses exactly its CPU request. */
  capacity: number
  /** Total demand at a time in milliseconds since 1970. */
  demand: (at: number) => number
  /** A pod uses at most this share of its request. */
  saturation?: number
}

/** Creates a Deployment under load, with an HPA where wanted; the load ends with the scenario. */
export async function createWorkload(
  cluster: Cluster,
  options: TestWorkloadOptions,
): Promise<void> {
  const { namespace, name, capacity, demand, hpa, saturation } = options
  cluster.metrics.setLoad({
    ...{ namespace, workload: name, selector: podLabels(name), capacity, demand },
    cpuMillis: options.cpuMillis ?? DEFAULT_CPU_MILLIS,
    ...(saturation === undefined ? {} : { saturation }),
  })
  cluster.defer(() => {
    cluster.metrics.removeLoad(namespace, name)
  })
  await cluster.apps.createNamespacedDeployment({ namespace, body: deployment(options) })
  if (hpa === undefined) return
  const body = horizontalPodAutoscaler({ ...hpa, namespace, name })
  await cluster.autoscaling.createNamespacedHorizontalPodAutoscaler({ namespace, body })
}

/** Waits until exactly `count` pods of a workload are Ready. */
export async function waitForReadyPods(
  cluster: Cluster,
  namespace: string,
  workload: string,
  count: number,
  withinSeconds: number,
): Promise<void> {
  await waitFor(`${count} Ready pods of ${namespace}/${workload}`, withinSeconds, () => {
    const ready = cluster.metrics.readyPods(namespace, workload)
    return Promise.resolve(ready === count ? ready : notYet(`${ready} Ready`))
  })
}
