/**
 * Runs work by id: one id never twice at a time, no more than `limit` ids at once. What is added while it
 * runs is run once more after it. Urgent work goes before what waits already.
 */
export class WorkQueue {
  readonly #limit: number
  readonly #run: (id: string) => Promise<void>
  readonly #pending = new Map<string, { promise: Promise<void>; resolve: () => void }>()
  readonly #running = new Map<string, Promise<void>>()
  readonly #again = new Set<string>()
  #waiting: string[] = []

  /** @param run one piece of work; what it rejects with is its own business and ends nothing here */
  constructor(limit: number, run: (id: string) => Promise<void>) {
    this.#limit = limit
    this.#run = run
  }

  /** Resolves when the run is done that saw what was there before the call, or one under way. */
  add(id: string, urgent = false): Promise<void> {
    const running = this.#running.get(id)
    if (running !== undefined) {
      this.#again.add(id)
      return running
    }
    const known = this.#pending.get(id)
    if (known !== undefined) {
      if (urgent) this.#waiting = [id, ...this.#waiting.filter((other) => other !== id)]
      return known.promise
    }
    const { promise, resolve } = Promise.withResolvers<undefined>()
    this.#pending.set(id, {
      promise,
      resolve: () => {
        resolve(undefined)
      },
    })
    if (urgent) this.#waiting.unshift(id)
    else this.#waiting.push(id)
    this.#start()
    return promise
  }

  isRunning(id: string): boolean {
    return this.#running.has(id)
  }

  /** Drops what waits, and resolves when what runs is done. */
  async drain(): Promise<void> {
    this.#again.clear()
    for (const id of this.#waiting.splice(0)) this.#settle(id)
    await Promise.allSettled(this.#running.values())
  }

  #start(): void {
    while (this.#running.size < this.#limit) {
      const id = this.#waiting.shift()
      if (id === undefined) return
      const done = this.#run(id)
        .catch(() => undefined)
        .then(() => {
          this.#running.delete(id)
          this.#settle(id)
          if (this.#again.delete(id)) void this.add(id)
          this.#start()
        })
      this.#running.set(id, done)
    }
  }

  #settle(id: string): void {
    this.#pending.get(id)?.resolve()
    this.#pending.delete(id)
  }
}
