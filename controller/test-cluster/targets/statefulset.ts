import type { V1StatefulSet } from '@kubernetes/client-node'

import type { WorkloadOptions } from '../workload.ts'
import { deployment } from '../workload.ts'

/** The same pods as {@link deployment} makes, one after another under fixed names. */
export function statefulSet(options: WorkloadOptions): V1StatefulSet {
  const { metadata, spec } = deployment(options)
  const { selector, template, replicas } = spec ?? { selector: {}, template: {} }
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    ...(metadata && { metadata }),
    spec: {
      ...{ selector, template, serviceName: options.name },
      ...(replicas !== undefined && { replicas }),
      podManagementPolicy: 'Parallel',
    },
  }
}
