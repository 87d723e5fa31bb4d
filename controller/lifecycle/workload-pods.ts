import type { PodsView } from '../reconcile/ports.ts'
import { landsOnYoung } from './chosen-start-ups.ts'
import { faultsOf } from './faults.ts'
import { HighestLoads } from './highest-loads.ts'
import { type LabelSelector, selects } from './label-selector.ts'
import { noRoomFor } from './no-room.ts'
import type { Pod } from './pod.ts'
import { ReadyCounts } from './ready-counts.ts'
import { startingSeconds } from './start-up.ts'
import { StartUpSamples } from './start-up-samples.ts'
import { parseStartUps, startUpsText } from './start-up-text.ts'
import type { IsYoung } from './young-nodes.ts'

/** The pods of one namespace and selector, as the pod watch tells of them. */
export class WorkloadPods {
  readonly #namespace: string
  readonly #selector: LabelSelector
  readonly #pods = new Map<string, Pod>()
  readonly #isYoung: IsYoung
  readonly #samples: StartUpSamples
  readonly #readyCounts = new ReadyCounts()
  /** What its pods were seen to carry. */
  readonly loads = new HighestLoads(this.#readyCounts)

  constructor(
    namespace: string,
    selector: LabelSelector,
    known: Iterable<Pod>,
    isYoung: IsYoung = () => false,
  ) {
    this.#isYoung = isYoung
    this.#samples = new StartUpSamples(isYoung)
    this.#namespace = namespace
    this.#selector = selector
    for (const pod of known) this.change(pod)
  }

  change(pod: Pod): void {
    const { uid, namespace, labels } = pod
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
    return new Set([...this.#pods.values()].flatMap(({ ready, name }) => (ready ? name : [])))
  }

  /** What was learned, to outlive this process; null while there is nothing. */
  learnedText(): string | null {
    const learned = { startUps: this.#samples.list(), highestLoads: this.loads.list() }
    const nothing = learned.startUps.length === 0 && learned.highestLoads.length === 0
    return nothing ? null : startUpsText(learned)
  }

  restore(text: string): void {
    const { startUps, highestLoads } = parseStartUps(text)
    this.#samples.restore(startUps)
    this.loads.restore(highestLoads)
  }

  /** @param synced whether the watch is up to date */
  view(synced: boolean, nowSeconds: number): PodsView {
    const pods = [...this.#pods.values()]
    // Behind a stale watch a pod that seems to be starting may be Ready for long.
    const unready = synced ? pods.filter((pod) => this.#isOnItsWay(pod)) : []
    const ready = pods.filter((pod) => pod.ready).length
    if (synced) this.#readyCounts.see(nowSeconds, ready)
    else this.#readyCounts.forget()
    return {
      ...{ synced, ready },
      existing: pods.filter(({ exists }) => exists).length,
      startUps: this.#samples.list(),
      revision: revisionOfNewest(pods),
      faults: synced ? faultsOf(pods) : {},
      noRoom: synced ? noRoomFor(pods, nowSeconds) : null,
      starting: unready.flatMap((pod) => startingSeconds(pod, nowSeconds) ?? []),
    }
  }

  /** To its first Ready; on a young node it stands apart, as its start-up will. */
  #isOnItsWay({ uid, nodeName, scheduledSeconds, createdSeconds }: Pod): boolean {
    if (this.#samples.has(uid)) return false
    const young = this.#isYoung(nodeName, scheduledSeconds ?? createdSeconds)
    return !young || landsOnYoung(this.#samples.list())
  }
}

/** The template of the newest pod: what starts next will be made from it. */
function revisionOfNewest(pods: readonly Pod[]): string {
  let newest: Pod | undefined
  for (const pod of pods) {
    if (pod.exists && pod.createdSeconds > (newest?.createdSeconds ?? -Infinity)) newest = pod
  }
  return newest?.revision ?? ''
}
