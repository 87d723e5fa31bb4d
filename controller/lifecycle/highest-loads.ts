import type { HighestLoad, SignalLoad } from '../reconcile/ports.ts'
import type { ReadyCounts } from './ready-counts.ts'

/** Rates look back, and pods that just went have carried a part of what they show. */
const LOOK_BACK_SECONDS = 240

/** The highest load that one Ready pod was seen to carry, by signal. */
export class HighestLoads {
  readonly #highest = new Map<string, HighestLoad>()
  readonly #ready: ReadyCounts

  constructor(ready: ReadyCounts) {
    this.#ready = ready
  }

  /** Puts back what was kept; what was seen since counts beside it. */
  restore(loads: readonly HighestLoad[]): void {
    for (const load of loads) this.#put(load)
  }

  /**
   * A slot closed. It counts only where the pods were known all through it and before, and is divided by the
   * most that were Ready: a pod may have carried more than that, never less.
   */
  see(slot: { startSeconds: number; endSeconds: number }, loads: readonly SignalLoad[]): void {
    const { startSeconds, endSeconds } = slot
    const ready = this.#ready.mostWithin(startSeconds - LOOK_BACK_SECONDS, endSeconds)
    if (ready === null || ready === 0) return
    for (const { signal, fingerprint, demand, capacityPerReplica } of loads) {
      const value = demand / ready
      if (Number.isFinite(value) && value > 0) {
        const capacity = Number.isFinite(capacityPerReplica) ? capacityPerReplica : null
        this.#put({ signal, fingerprint, value, capacity, atSeconds: startSeconds })
      }
    }
  }

  list(): readonly HighestLoad[] {
    return [...this.#highest.values()]
  }

  /** Loads of another query are of another unit: they are not compared. */
  #put(load: HighestLoad): void {
    const known = this.#highest.get(load.signal)
    const same = known?.fingerprint === load.fingerprint
    if (known !== undefined && same && known.value >= load.value) return
    this.#highest.set(load.signal, load)
  }
}
