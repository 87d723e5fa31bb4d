import type { StartUpSample } from '../reconcile/ports.ts'
import type { Pod } from './pod.ts'
import { startUpOf } from './start-up.ts'
import type { IsYoung } from './young-nodes.ts'

/** Newest start-ups kept a workload: what a percentile needs, not an archive. */
const KEPT = 200

/** Start-ups of one workload's pods, each pod once, oldest first. */
export class StartUpSamples {
  readonly #samples: StartUpSample[] = []
  /** Pods that were sampled: no pod is sampled again. */
  readonly #seen = new Set<string>()

  readonly #isYoung: IsYoung

  constructor(isYoung: IsYoung = () => false) {
    this.#isYoung = isYoung
  }

  /** Puts back samples that were kept: before all that were seen since, each pod once. */
  restore(samples: readonly StartUpSample[]): void {
    const older = samples.filter(({ podUid }) => !this.#seen.has(podUid))
    for (const { podUid } of older) this.#seen.add(podUid)
    this.#samples.unshift(...older)
    if (this.#samples.length > KEPT) this.#samples.splice(0, this.#samples.length - KEPT)
  }

  /** A pod as it is now. Only its first Ready makes a sample. */
  see(pod: Pod): void {
    const { uid } = pod.metadata
    if (this.#seen.has(uid)) return
    const sample = startUpOf(pod, this.#isYoung)
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
