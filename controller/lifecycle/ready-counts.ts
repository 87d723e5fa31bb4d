/** Syncs further back than this are of no use. */
const KEPT_SECONDS = 900

/** How many pods were Ready lately, as each sync saw it; forgotten where it was not known. */
export class ReadyCounts {
  #counts: { atSeconds: number; ready: number }[] = []

  see(atSeconds: number, ready: number): void {
    // A clock that was put back starts anew.
    if (atSeconds < (this.#counts.at(-1)?.atSeconds ?? -Infinity)) this.forget()
    const since = atSeconds - KEPT_SECONDS
    this.#counts = this.#counts.filter((count) => count.atSeconds >= since)
    this.#counts.push({ atSeconds, ready })
  }

  /** The pods are not known now: what was known says nothing about what follows. */
  forget(): void {
    this.#counts = []
  }

  /**
   * The most pods that were Ready in a span of time.
   *
   * @returns null where they were not followed through all of it
   */
  mostWithin(fromSeconds: number, untilSeconds: number): number | null {
    const first = this.#counts[0]?.atSeconds ?? Infinity
    const last = this.#counts.at(-1)?.atSeconds ?? -Infinity
    if (first > fromSeconds || last < untilSeconds) return null
    // The count before the span still stood at its start.
    const before = this.#counts.findLastIndex(({ atSeconds }) => atSeconds <= fromSeconds)
    const within = this.#counts
      .slice(Math.max(0, before))
      .filter(({ atSeconds }, i) => i === 0 || atSeconds <= untilSeconds)
    return within.reduce((most, { ready }) => Math.max(most, ready), 0)
  }
}
