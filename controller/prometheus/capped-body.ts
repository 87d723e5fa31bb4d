import { SourceFault } from './source-fault.ts'

/**
 * The body of an answer as text, refused while it streams as soon as it is larger than `maxBytes`
 * (counted after decompression, so that a small body cannot grow in memory).
 *
 * @throws SourceFault `TooLarge`; whatever the stream throws when the connection breaks.
 */
export async function cappedBody(response: Response, maxBytes: number): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  if (response.body === null) return ''
  // Leaving the loop by a throw cancels the stream and with it the request.
  for await (const part of response.body as ReadableStream<Uint8Array>) {
    bytes += part.byteLength
    if (bytes > maxBytes) {
      throw new SourceFault(
        'TooLarge',
        `the answer is larger than ${(maxBytes / 2 ** 20).toFixed(1)} MiB`,
        'make the query give one series, with sum() for example',
      )
    }
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
