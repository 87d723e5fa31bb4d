import type { PodsView } from '../reconcile/ports.ts'
import { type LabelSelector, selects } from './label-selector.ts'
import { exists, isReady, type Pod } from './pod.ts'
import { startingSeconds } from './start-up.ts'
import { StartUpSamples } from './start-up-samples.ts'

/** The pods of one namespace and selector, as the pod watch tells of them. */
export class WorkloadPods {
  readonly #namespace: string
  readonly #selector: LabelSelector
  readonly #pods = new Map<string, Pod>()
  readonly #samples = new StartUpSamples()

  constructor(namespace: string, selector: LabelSelector, known: Iterable<Pod>) {
    this.#namespace = namespace
    this.#selector = selector
    for (const pod of known) this.change(pod)
  }

  change(pod: Pod): void {
    const { uid, namespace, labels } = pod.metadata
    if (namespace !== this.#namespace || !selects(this.#selector, labels)) {
      this.remove(uid)
      return
    }
    this.#pods.set(uid, pod)
    this.#samples.see(pod)
  }

  remove(uid: string): void {
    if (this.#pods.delete(uid)) this.#samples.forget(uid)
  }

  /** @param synced whether the watch is up to date */
  view(synced: boolean, nowSeconds: number): PodsView {
    const pods = [...this.#pods.values()]
    // Behind a stale watch a pod that seems to be starting may be Ready for long.
    const unready = synced ? pods.filter(({ metadata }) => !this.#samples.has(metadata.uid)) : []
    return {
      synced,
      existing: pods.filter(exists).length,
      ready: pods.filter(isReady).length,
      startUps: this.#samples.list(),
      starting: unready.flatMap((pod) => startingSeconds(pod, nowSeconds) ?? []),
    }
  }
}
