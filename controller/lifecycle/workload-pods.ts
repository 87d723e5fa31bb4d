import type { PodsView } from '../reconcile/ports.ts'
import { faultsOf } from './faults.ts'
import { type LabelSelector, selects } from './label-selector.ts'
import { exists, isReady, type Pod, revisionOf } from './pod.ts'
import { startingSeconds } from './start-up.ts'
import { StartUpSamples } from './start-up-samples.ts'
import { parseStartUps, startUpsText } from './start-up-text.ts'
import type { IsYoung } from './young-nodes.ts'

/** The pods of one namespace and selector, as the pod watch tells of them. */
export class WorkloadPods {
  readonly #namespace: string
  readonly #selector: LabelSelector
  readonly #pods = new Map<string, Pod>()
  readonly #samples: StartUpSamples

  constructor(
    namespace: string,
    selector: LabelSelector,
    known: Iterable<Pod>,
    isYoung: IsYoung = () => false,
  ) {
    this.#samples = new StartUpSamples(isYoung)
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

  readyNames(): ReadonlySet<string> {
    return new Set([...this.#pods.values()].filter(isReady).map(({ metadata }) => metadata.name))
  }

  /** What was learned of start-ups, to outlive this process; null while there is nothing. */
  startUpText(): string | null {
    const samples = this.#samples.list()
    return samples.length === 0 ? null : startUpsText(samples)
  }

  restore(text: string): void {
    this.#samples.restore(parseStartUps(text))
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
      revision: revisionOfNewest(pods),
      faults: synced ? faultsOf(pods) : {},
      starting: unready.flatMap((pod) => startingSeconds(pod, nowSeconds) ?? []),
    }
  }
}

/** The template of the newest pod: what starts next will be made from it. */
function revisionOfNewest(pods: readonly Pod[]): string {
  const created = (pod: Pod): string => pod.metadata.creationTimestamp
  const [first, ...others] = pods.filter(exists)
  if (first === undefined) return ''
  return revisionOf(others.reduce((a, b) => (created(b) > created(a) ? b : a), first))
}
