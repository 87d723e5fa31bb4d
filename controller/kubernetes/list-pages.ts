import { z } from 'zod'

import type { ApiRequests } from './connect.ts'

const pageSchema = z.object({
  metadata: z.object({ resourceVersion: z.string(), continue: z.string().optional() }),
  items: z.array(z.unknown()),
})

/** Objects a page: bounds the memory of one answer. */
const PAGE_SIZE = 500

/**
 * Lists a collection page by page and returns the resource version a watch goes on from.
 *
 * @throws KubernetesError (Gone where the list took so long that the server forgot it); ZodError for
 * what is not a list.
 */
export async function listPages(
  api: ApiRequests,
  path: string,
  query: Readonly<Record<string, string>>,
  onItem: (object: unknown) => void,
  signal: AbortSignal,
  deadlineMs: number,
): Promise<string> {
  let token = ''
  for (;;) {
    const page = pageSchema.parse(
      await api.request(
        {
          path,
          query: {
            ...query,
            limit: String(PAGE_SIZE),
            ...(token === '' ? {} : { continue: token }),
          },
        },
        signal,
        deadlineMs,
      ),
    )
    for (const item of page.items) onItem(item)
    token = page.metadata.continue ?? ''
    if (token === '') return page.metadata.resourceVersion
  }
}
