import type { Prepared } from './prepare.ts'

/** Builds workloads from their history beside the syncs: a fleet that starts must not keep one scaler waiting. */
export interface Preparations {
  /**
   * What came of the task of this scaler; null while it waits or runs. It is begun by the first call, and anew
   * by a call with another version; what it rejects with is thrown once.
   */
  ask(
    scaler: { id: string; version: unknown },
    task: (signal: AbortSignal) => Promise<Prepared>,
  ): Promise<Prepared | null>
  /** It is wanted no more. */
  drop(id: string): void
}

interface Entry {
  id: string
  version: unknown
  task: (signal: AbortSignal) => Promise<Prepared>
  stop: AbortController
  /** In [0, 1): who waits for a turn gets it in this order. */
  order: number
  /** Settled; null while it waits or runs. */
  outcome: Promise<Prepared> | null
}

/**
 * No more than `limit` at a time, for each holds a week of raw history while it lasts; in the order that
 * `orderOf` gives, so that no namespace waits for another.
 */
export class PreparationQueue implements Preparations {
  readonly #limit: number
  readonly #orderOf: (id: string) => number
  readonly #onDone: (id: string) => void
  readonly #entries = new Map<string, Entry>()
  #waiting: Entry[] = []
  #running = 0

  /** @param onDone called with the id once its outcome can be asked for */
  constructor(limit: number, orderOf: (id: string) => number, onDone: (id: string) => void) {
    this.#onDone = onDone
    this.#limit = limit
    this.#orderOf = orderOf
  }

  ask(
    { id, version }: { id: string; version: unknown },
    task: (signal: AbortSignal) => Promise<Prepared>,
  ): Promise<Prepared | null> {
    const known = this.#entries.get(id)
    if (known !== undefined && known.version === version) {
      if (known.outcome !== null) this.#entries.delete(id)
      return known.outcome ?? Promise.resolve(null)
    }
    this.drop(id)
    const order = this.#orderOf(id)
    const entry: Entry = { id, version, task, order, stop: new AbortController(), outcome: null }
    this.#entries.set(id, entry)
    this.#waiting.push(entry)
    this.#begin()
    return Promise.resolve(null)
  }

  drop(id: string): void {
    const entry = this.#entries.get(id)
    if (entry === undefined) return
    this.#entries.delete(id)
    this.#waiting = this.#waiting.filter((other) => other !== entry)
    entry.stop.abort()
  }

  #begin(): void {
    while (this.#running < this.#limit && this.#waiting.length > 0) {
      const next = this.#waiting.reduce((first, entry) =>
        entry.order < first.order ? entry : first,
      )
      this.#waiting = this.#waiting.filter((entry) => entry !== next)
      this.#running++
      void this.#run(next)
    }
  }

  async #run(entry: Entry): Promise<void> {
    const running = entry.task(entry.stop.signal)
    await Promise.allSettled([running])
    entry.outcome = running
    this.#running--
    this.#begin()
    if (this.#entries.get(entry.id) === entry) this.#onDone(entry.id)
  }
}
