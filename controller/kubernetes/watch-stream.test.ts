import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { type Change, watchChanges } from './watch-stream.ts'

async function* bytes(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* await Promise.resolve(parts)
}

async function read(parts: readonly Uint8Array[]): Promise<Change[]> {
  const changes: Change[] = []
  for await (const change of watchChanges(bytes(parts))) changes.push(change)
  return changes
}

const change = (name: string): Change => ({
  type: 'ADDED',
  object: { metadata: { name, resourceVersion: '1' } },
})

describe('watchChanges', () => {
  it('gives the same events however the bytes are cut, letters of several bytes too', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }),
        fc.array(fc.nat(400), { maxLength: 8 }),
        async (names, cuts) => {
          const all = Buffer.from(names.map((name) => `${JSON.stringify(change(name))}\n`).join(''))
          const at = [0, ...cuts.sort((a, b) => a - b).map((cut) => Math.min(cut, all.length))]
          const parts = at.map((cut, i) => all.subarray(cut, at[i + 1] ?? all.length))
          expect(await read(parts)).toEqual(names.map(change))
        },
      ),
    )
  })

  it('leaves out the line in which the server died', async () => {
    const text = `${JSON.stringify(change('a'))}\n{"type":"ADD`
    expect(await read([Buffer.from(text)])).toEqual([change('a')])
  })

  it.each(['not json\n', '{"type":"WHAT","object":{}}\n', '"text"\n'])(
    'throws for what is no event: %j',
    async (line) => {
      await expect(read([Buffer.from(line)])).rejects.toThrow()
    },
  )

  it('does not keep a line without end', async () => {
    const endless = Array.from({ length: 9 }, () => Buffer.alloc(2 ** 20, 'a'))
    await expect(read(endless)).rejects.toThrow(RangeError)
  })
})
