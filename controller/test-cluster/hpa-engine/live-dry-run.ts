import { strict as assert } from 'node:assert'
import { join } from 'node:path'

import { z } from 'zod'

import type { Cluster } from '../cluster.ts'
import { runCommand } from '../command.ts'

const FORESAIL = join(import.meta.dirname, '../../cli/foresail.js')

/** At rest in the last step: what the controller remembers makes no difference to them. */
const AT_REST = [
  ...['on-target', 'memory-average', 'container', 'pods-metric', 'object-average'],
  ...['external-value', 'external-none', 'two-one-fails-up', 'twins', 'no-target'],
]

const conditions = z.array(z.object({ type: z.string(), status: z.string(), reason: z.string() }))
const answerSchema = z.object({ desiredReplicas: z.int(), conditions })

/** `foresail hpa dry-run` on the cluster as it is says what the HPA's own status says. */
export async function dryRunLive(cluster: Cluster, namespace: string): Promise<void> {
  for (const name of AT_REST) {
    const command = [FORESAIL, 'hpa', 'dry-run', name, '-n', namespace, '-o', 'json']
    const text = await runCommand(process.execPath, [
      ...[...command, '--kubeconfig', cluster.kubeconfigPath],
    ])
    const answer = answerSchema.parse(JSON.parse(text))
    const { status } = await cluster.autoscaling.readNamespacedHorizontalPodAutoscaler({
      ...{ namespace, name },
    })
    assert.deepEqual(
      [answer.desiredReplicas, ...reasonsOf(answer.conditions)],
      [status?.desiredReplicas ?? 0, ...reasonsOf(conditions.parse(status?.conditions))],
      name,
    )
  }
  cluster.measured(
    `${AT_REST.length} HPAs dry-run on the living cluster, as the controller has them`,
  )
}

function reasonsOf(told: z.output<typeof conditions>): string[] {
  return told.map(({ type, status, reason }) => `${type}=${status} ${reason}`).sort()
}
