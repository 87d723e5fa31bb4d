import type { LoadRecord, PodsView, StartUpRecord } from '../reconcile/ports.ts'
import type { LabelSelector } from './label-selector.ts'
import type { Pod } from './pod.ts'
import { WorkloadPods } from './workload-pods.ts'
import type { IsYoung } from './young-nodes.ts'

/** What the directory reads of a pod watch. */
interface PodItems {
  items: ReadonlyMap<string, Pod>
  stale(): boolean
}

const UNKNOWN: PodsView = {
  ...{ synced: false, ready: 0, existing: 0, revision: '', faults: {} },
  noRoom: null,
  ...{ startUps: [], starting: [] },
}

interface Workload {
  namespace: string
  selectorJson: string
  pods: WorkloadPods
}

/** The pods of every workload that is scaled, over one watch of all pods. */
export class PodDirectory {
  readonly #workloads = new Map<string, Workload>()
  /** The same by namespace: a pod is of none that lie elsewhere. */
  readonly #byNamespace = new Map<string, Set<Workload>>()
  readonly #watch: () => PodItems

  readonly #isYoung: IsYoung
  /** Start-ups that were kept of workloads whose pods are not known yet. */
  readonly #kept = new Map<string, string>()

  /** @param watch the pod watch; asked for late, since it is told of this directory */
  constructor(watch: () => PodItems, isYoung: IsYoung = () => false) {
    this.#watch = watch
    this.#isYoung = isYoung
  }

  change(pod: Pod): void {
    for (const { pods } of this.#byNamespace.get(pod.namespace) ?? []) pods.change(pod)
  }

  remove({ namespace, uid }: Pick<Pod, 'namespace' | 'uid'>): void {
    for (const { pods } of this.#byNamespace.get(namespace) ?? []) pods.remove(uid)
  }

  /**
   * The pods of a workload now.
   *
   * @param id names the workload; start-ups are kept as long as its selector stays
   * @param selector null where it is not known: then neither are the pods
   */
  viewOf(
    id: string,
    namespace: string,
    selector: LabelSelector | null,
    nowSeconds: number,
  ): PodsView {
    if (selector === null) return UNKNOWN
    const selectorJson = JSON.stringify(selector)
    let workload = this.#workloads.get(id)
    if (workload?.selectorJson !== selectorJson) {
      const pods = new WorkloadPods(
        ...([namespace, selector, this.#watch().items.values(), this.#isYoung] as const),
      )
      const kept = this.#kept.get(id)
      if (kept !== undefined) pods.restore(kept)
      this.forget(id)
      workload = { namespace, selectorJson, pods }
      this.#workloads.set(id, workload)
      const there = this.#byNamespace.get(namespace) ?? new Set()
      this.#byNamespace.set(namespace, there.add(workload))
    }
    return workload.pods.view(!this.#watch().stale(), nowSeconds)
  }

  /** Names of a workload's Ready pods. */
  readyNamesOf(id: string): ReadonlySet<string> {
    return this.#workloads.get(id)?.pods.readyNames() ?? new Set()
  }

  /** What was learned of a workload's pods, to outlive this process. */
  recordOf(id: string): StartUpRecord {
    return {
      text: () => this.#workloads.get(id)?.pods.learnedText() ?? null,
      restore: (text) => {
        const workload = this.#workloads.get(id)
        if (workload === undefined) this.#kept.set(id, text)
        else workload.pods.restore(text)
      },
    }
  }

  /** What its pods were seen to carry. */
  loadsOf(id: string): LoadRecord {
    return {
      see: (slot, loads) => this.#workloads.get(id)?.pods.loads.see(slot, loads),
      list: () => this.#workloads.get(id)?.pods.loads.list() ?? [],
    }
  }

  forget(id: string): void {
    this.#kept.delete(id)
    const workload = this.#workloads.get(id)
    if (workload === undefined) return
    this.#workloads.delete(id)
    const there = this.#byNamespace.get(workload.namespace)
    there?.delete(workload)
    if (there?.size === 0) this.#byNamespace.delete(workload.namespace)
  }
}
