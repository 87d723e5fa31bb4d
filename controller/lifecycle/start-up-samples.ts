import type { StartUpSample } from '../reconcile/ports.ts'
import type { Pod } from './pod.ts'
import { startUpOf } from './start-up.ts'

/** Newest start-ups kept a workload: what a percentile needs, not an archive. */
const KEPT = 200

/** Start-ups of one workload's pods, each pod once, oldest first. */
export class StartUpSamples {
  readonly #samples: StartUpSample[] = []
  /** Pods that were sampled: no pod is sampled again. */
  readonly #seen = new Set<string>()

  /** A pod as it is now. Only its first Ready makes a sample. */
  see(pod: Pod): void {
    const { uid } = pod.metadata
    if (this.#seen.has(uid)) return
    const sample = startUpOf(pod)
    if (sample === null) return
    this.#seen.add(uid)
    this.#samples.push(sample)
    if (this.#samples.length > KEPT) this.#samples.shift()
  }

  /** Whether the pod was Ready before: if it is not now, that is no start-up. */
  has(uid: string): boolean {
    return this.#seen.has(uid)
  }

  /** The pod is gone: its uid never comes back. Its sample stays. */
  forget(uid: string): void {
    this.#seen.delete(uid)
  }

  list(): readonly StartUpSample[] {
    return this.#samples
  }
}
