import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { createLiveSources } from './live-sources.ts'
import { createPrometheusSource } from './prometheus-source.ts'

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foresail-sources-'))
  file = join(folder, 'sources.yaml')
})

afterEach(() => rm(folder, { recursive: true }))

const write = (...names: string[]): Promise<void> =>
  writeFile(
    file,
    JSON.stringify({ sources: names.map((name) => ({ name, url: `http://${name}` })) }),
  )

test('sources come and go with the file; those that stay are the same', async () => {
  await write('a', 'b')
  const { sources, refresh } = createLiveSources(file, new Map())
  expect(await refresh()).toEqual([])
  const kept = sources.get('b')
  await write('b', 'c')
  expect(await refresh()).toEqual([])
  expect([...sources.keys()].sort()).toEqual(['b', 'c'])
  expect(sources.get('b')).toBe(kept)
})

test('a file that is wrong or gone changes nothing, and is said', async () => {
  await write('a')
  const { sources, refresh } = createLiveSources(file, new Map())
  await refresh()
  await writeFile(file, 'sources: [')
  expect(await refresh()).not.toEqual([])
  await rm(file)
  expect(await refresh()).toEqual([`${file}: cannot be read`])
  expect([...sources.keys()]).toEqual(['a'])
})

test('a source of the command line is not taken over', async () => {
  const fixed = new Map([['a', createPrometheusSource({ url: 'http://fixed' })]])
  await write('a')
  const { sources, refresh } = createLiveSources(file, fixed)
  expect(await refresh()).toEqual([`${file}: the source "a" is given by --prometheus too`])
  expect(sources.get('a')).toBe(fixed.get('a'))
})
