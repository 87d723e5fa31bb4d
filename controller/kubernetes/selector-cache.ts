import type { LabelSelector } from '../lifecycle/label-selector.ts'
import type { ApiRequests } from './connect.ts'
import { type ScaleTarget, selectorOf } from './scale-target.ts'

/** A workload's selector is immutable; it is asked for again for one that was made anew. */
const KEPT_MS = 5 * 60_000
const RETRY_MS = 15_000

/** Selectors of workloads, asked for now and then. What cannot be read is null until it can. */
export class SelectorCache {
  readonly #api: ApiRequests
  readonly #nowMs: () => number
  readonly #onFailure: (target: ScaleTarget, error: unknown) => void
  readonly #known = new Map<string, { selector: LabelSelector | null; untilMs: number }>()

  constructor(
    api: ApiRequests,
    nowMs: () => number,
    onFailure: (target: ScaleTarget, error: unknown) => void,
  ) {
    this.#api = api
    this.#nowMs = nowMs
    this.#onFailure = onFailure
  }

  async selectorOf(target: ScaleTarget, signal: AbortSignal): Promise<LabelSelector | null> {
    const id = `${target.apiVersion}/${target.kind}/${target.namespace}/${target.name}`
    const known = this.#known.get(id)
    if (known !== undefined && this.#nowMs() < known.untilMs) return known.selector
    try {
      const selector = await selectorOf(this.#api, target, signal)
      const untilMs = this.#nowMs() + (selector === null ? RETRY_MS : KEPT_MS)
      this.#known.set(id, { selector, untilMs })
      return selector
    } catch (error) {
      signal.throwIfAborted()
      this.#onFailure(target, error)
      const selector = known?.selector ?? null
      this.#known.set(id, { selector, untilMs: this.#nowMs() + RETRY_MS })
      return selector
    }
  }
}
