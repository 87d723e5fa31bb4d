import { replicasFor } from '../replay/offered-load.ts'

export interface ClairvoyantInput {
  demand: Float64Array
  scored: Uint8Array
  capacityPerReplica: number
  minReplicas: number
  leadSteps: number
}

/**
 * The least replica-steps that any policy with this lead can pay without one violation, knowing the
 * recording. Exact (PROTOCOL §5): replica k is needed where the need reaches k; between two needs it is
 * either kept, or dropped and created again a lead before, whichever is cheaper.
 */
export function clairvoyantReplicaSteps(input: ClairvoyantInput): number {
  const { demand, scored, minReplicas } = input
  const slots = demand.length
  const scoredBefore = new Float64Array(slots + 1)
  const need = new Int32Array(slots)
  let highest = minReplicas
  for (let t = 0; t < slots; t++) {
    const counts = scored[t] === 1
    scoredBefore[t + 1] = (scoredBefore[t] ?? 0) + (counts ? 1 : 0)
    const replicas = replicasFor(demand[t] ?? 0, input.capacityPerReplica)
    need[t] = counts ? Math.max(minReplicas, replicas) : minReplicas
    highest = Math.max(highest, need[t] ?? 0)
  }
  let steps = minReplicas * (scoredBefore[slots] ?? 0)
  // Cost of replicas that start pending a lead before t.
  const pending = (t: number) =>
    (scoredBefore[t] ?? 0) - (scoredBefore[Math.max(0, t - input.leadSteps)] ?? 0)
  // lastNeeded[k]: the newest slot in which replica k was needed.
  const lastNeeded = new Int32Array(highest + 1).fill(-1)
  for (let t = 0; t < slots; t++) {
    for (let k = minReplicas + 1; k <= (need[t] ?? 0); k++) {
      const last = lastNeeded[k] ?? -1
      if (last < 0) steps += pending(t)
      else if (t - last > 1) {
        const kept = (scoredBefore[t] ?? 0) - (scoredBefore[last + 1] ?? 0)
        steps += Math.min(kept, pending(t))
      }
      steps += (scoredBefore[t + 1] ?? 0) - (scoredBefore[t] ?? 0)
      lastNeeded[k] = t
    }
  }
  return steps
}
