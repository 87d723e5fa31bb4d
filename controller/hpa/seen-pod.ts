import { z } from 'zod'

import type { Container, Pod, Requests } from '../../forecaster/reactive/hpa/pod.ts'
import { amountFromZero } from './amount.ts'
import { secondsOf } from './times.ts'

const requests = z.record(z.string(), amountFromZero)
const container = z.object({
  name: z.string(),
  resources: z.object({ requests: requests.optional() }).optional(),
})

/** What the HPA reads of a v1 Pod; all else passes by. */
export const podSchema = z.object({
  metadata: z.object({ name: z.string().min(1), deletionTimestamp: secondsOf.optional() }),
  spec: z.object({
    containers: z.array(container).min(1),
    initContainers: z.array(container.extend({ restartPolicy: z.string().optional() })).default([]),
    resources: z.object({ requests: requests.optional() }).optional(),
    overhead: requests.optional(),
  }),
  status: z.object({
    phase: z.enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']),
    startTime: secondsOf.optional(),
    conditions: z
      .array(
        z.object({
          type: z.string(),
          status: z.string(),
          lastTransitionTime: secondsOf.optional(),
        }),
      )
      .default([]),
  }),
})

export function toPod({ metadata, spec, status }: z.output<typeof podSchema>): Pod {
  const ready = status.conditions.find(({ type }) => type === 'Ready')
  return {
    name: metadata.name,
    phase: status.phase,
    deleted: metadata.deletionTimestamp !== undefined,
    startSeconds: status.startTime ?? null,
    // A condition without a time counts as one of long ago, as a zero time does upstream.
    ready: ready ? { status: ready.status, sinceSeconds: ready.lastTransitionTime ?? -1e12 } : null,
    containers: spec.containers.map(toContainer),
    initContainers: spec.initContainers.map((one) => {
      return { ...toContainer(one), restartable: one.restartPolicy === 'Always' }
    }),
    podRequests: spec.resources?.requests ?? null,
    overhead: spec.overhead ?? null,
  }
}

function toContainer({ name, resources }: z.output<typeof container>): Container {
  const wanted: Requests = resources?.requests ?? {}
  return { name, requests: wanted }
}
