import type { Clock } from '../reconcile/ports.ts'

/** A clock that stands still until it is moved; sleepers wake when it passes them. */
export class ManualClock implements Clock {
  #nowMs: number
  readonly #sleepers = new Set<{ atMs: number; wake: () => void }>()

  constructor(nowMs: number) {
    this.#nowMs = nowMs
  }

  nowMs(): number {
    return this.#nowMs
  }

  set(nowMs: number): void {
    this.#nowMs = nowMs
    for (const sleeper of this.#sleepers) {
      if (sleeper.atMs > nowMs) continue
      this.#sleepers.delete(sleeper)
      sleeper.wake()
    }
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { atMs: this.#nowMs + ms, wake: resolve }
      this.#sleepers.add(sleeper)
      signal.addEventListener('abort', () => {
        this.#sleepers.delete(sleeper)
        reject(new Error('stopped'))
      })
    })
  }
}
