import type { StartUpSample } from '../reconcile/ports.ts'
import type { Pod } from './pod.ts'
import { startUpOf } from './start-up.ts'
import type { IsYoung } from './young-nodes.ts'

/** Newest start-ups kept a workload: what a percentile needs, not an archive. */
export const KEPT_START_UPS = 200

/** A pod that a node was refused for longer than this waited for room: that is a fault of the cluster. */
const LONG_WAIT_SECONDS = 60

/** Start-ups of one workload's pods, each pod once, oldest first. */
export class StartUpSamples {
  #samples: StartUpSample[] = []
  /** Pods that were Ready before: none is sampled again. */
  readonly #seen = new Set<string>()
  /** Pods that no node took at first. */
  readonly #refused = new Set<string>()
  readonly #isYoung: IsYoung

  constructor(isYoung: IsYoung = () => false) {
    this.#isYoung = isYoung
  }

  /**
   * Puts back samples that were kept, before all that were seen since, each pod once. Of a pod that is seen
   * again the kept sample counts: it is of the first Ready, and the pod may have lost it since.
   */
  restore(samples: readonly StartUpSample[]): void {
    const kept = new Map(samples.map((sample) => [sample.podUid, sample]))
    const newer = this.#samples.filter(({ podUid }) => !kept.has(podUid))
    for (const podUid of kept.keys()) this.#seen.add(podUid)
    this.#samples = [...kept.values(), ...newer].slice(-KEPT_START_UPS)
  }

  /** A pod as it is now. Only its first Ready makes a sample. */
  see(pod: Pod): void {
    const { uid } = pod
    if (this.#seen.has(uid)) return
    if (pod.unschedulableSeconds !== null) this.#refused.add(uid)
    const sample = startUpOf(pod, this.#isYoung)
    if (sample === null) return
    this.#seen.add(uid)
    if (this.#refused.delete(uid) && waitedForRoom(sample)) return
    this.#samples.push(sample)
    if (this.#samples.length > KEPT_START_UPS) this.#samples.shift()
  }

  /** Whether the pod was Ready before: if it is not now, that is no start-up. */
  has(uid: string): boolean {
    return this.#seen.has(uid)
  }

  /** The pod is gone: its uid never comes back. Its sample stays. */
  forget(uid: string): void {
    this.#seen.delete(uid)
    this.#refused.delete(uid)
  }

  list(): readonly StartUpSample[] {
    return this.#samples
  }
}

/** Those that a new node was made for stand apart anyway, and show how long that takes. */
function waitedForRoom({ youngNode, stages }: StartUpSample): boolean {
  return youngNode !== true && (stages?.schedulingSeconds ?? 0) > LONG_WAIT_SECONDS
}
