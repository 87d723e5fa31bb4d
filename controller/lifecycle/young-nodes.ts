import { z } from 'zod'

/** Whether a node was young when a pod was put on it. */
export type IsYoung = (nodeName: string | undefined, atSeconds: number) => boolean

/** Images of a node are pulled and its agents started within its first minutes. */
const YOUNG_SECONDS = 600

const nodeSchema = z.object({
  metadata: z.object({ name: z.string(), creationTimestamp: z.string() }),
})

/** What is kept of a node. */
export interface NodeAge {
  name: string
  createdSeconds: number
}

/** @throws ZodError for what is no node */
export function parseNode(object: unknown): NodeAge {
  const { name, creationTimestamp } = nodeSchema.parse(object).metadata
  return { name, createdSeconds: Date.parse(creationTimestamp) / 1000 }
}

/** By the nodes that are there; one that is not known counts as old, as most are. */
export class YoungNodes {
  readonly #createdSeconds = new Map<string, number>()

  put({ name, createdSeconds }: NodeAge): void {
    this.#createdSeconds.set(name, createdSeconds)
  }

  remove({ name }: NodeAge): void {
    this.#createdSeconds.delete(name)
  }

  isYoung: IsYoung = (nodeName, atSeconds) => {
    const created = nodeName === undefined ? undefined : this.#createdSeconds.get(nodeName)
    return created !== undefined && atSeconds - created < YOUNG_SECONDS
  }
}
