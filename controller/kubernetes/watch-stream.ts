import { z } from 'zod'

const changeSchema = z.object({
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']),
  object: z.looseObject({
    code: z.number().optional(),
    metadata: z.looseObject({ resourceVersion: z.string().optional() }).optional(),
  }),
})

/** One event of the API server's watch. */
export type Change = z.infer<typeof changeSchema>

/** No object in etcd is larger than 1.5 MiB; twice that in JSON is not a line of the API server. */
const MAX_LINE_BYTES = 8 * 2 ** 20

/**
 * The events of a watch, one JSON line each. A line that is cut off at the end is left out: the server
 * died while writing it, and the watch resumes before it.
 *
 * @throws SyntaxError or ZodError for a line that is not an event, RangeError for one without end.
 */
export async function* watchChanges(body: AsyncIterable<Uint8Array>): AsyncGenerator<Change> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const part of body) {
    const lines = (rest + decoder.decode(part, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > MAX_LINE_BYTES) throw new RangeError('a line of the watch does not end')
    for (const line of lines) if (line.trim() !== '') yield changeSchema.parse(JSON.parse(line))
  }
}
