import type { ApiRequests } from '../kubernetes/connect.ts'
import { type Owner, ownersIn } from './other-owners.ts'

/** A second owner is a slip that lasts; one list a minute and namespace finds it. */
const KEPT_MS = 60_000

/** All that scales anything, by namespace. While it cannot be read, what was known stays. */
export class OwnerCache {
  readonly #api: ApiRequests
  readonly #nowMs: () => number
  readonly #onFailure: (namespace: string, error: unknown) => void
  readonly #known = new Map<string, { owners: Promise<readonly Owner[]>; untilMs: number }>()

  constructor(
    api: ApiRequests,
    nowMs: () => number,
    onFailure: (namespace: string, error: unknown) => void,
  ) {
    this.#api = api
    this.#nowMs = nowMs
    this.#onFailure = onFailure
  }

  ownersIn(namespace: string, signal: AbortSignal): Promise<readonly Owner[]> {
    const known = this.#known.get(namespace)
    if (known !== undefined && this.#nowMs() < known.untilMs) return known.owners
    const owners = ownersIn(this.#api, namespace, signal).catch((error: unknown) => {
      this.#known.delete(namespace)
      signal.throwIfAborted()
      this.#onFailure(namespace, error)
      return known?.owners ?? []
    })
    this.#known.set(namespace, { owners, untilMs: this.#nowMs() + KEPT_MS })
    return owners
  }
}
