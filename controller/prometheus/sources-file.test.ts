import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { parseSources } from './sources-file.ts'

test('the shipped example is well', async () => {
  const file = join(import.meta.dirname, '../../examples/sources.yaml')
  const { sources, problems } = parseSources(await readFile(file, 'utf8'), file)
  expect(problems).toEqual([])
  expect(sources.map(({ name }) => name)).toEqual(['default', 'mimir', 'archive'])
})

test.each([
  ['', 's.yaml:1: is empty; write sources: [{name: default, url: ...}]'],
  ['sources: []', 's.yaml:1: sources: must have at least 1 item'],
  ['sources:\n- name: a', 's.yaml:2: sources[0].url: is required'],
  ['sources:\n- {name: a, url: prometheus}', 's.yaml:2: sources[0].url: must be the address'],
  ['sources:\n- {name: a, url: "file:///etc"}', 's.yaml:2: sources[0].url: must be the address'],
  ['sources:\n- {name: A, url: "http://p"}', 's.yaml:2: sources[0].name: must be lower-case'],
  [
    'sources:\n- {name: a, url: "http://p"}\n- {name: a, url: "http://q"}',
    's.yaml:3: sources[1].name: "a" is taken',
  ],
  [
    'sources:\n- name: a\n  url: http://p\n  tokenFile: x',
    's.yaml:4: sources[0].tokenFile: is no field of this API',
  ],
  [
    'sources:\n- name: a\n  url: http://p\n  tls: {caFile: x}',
    's.yaml:4: sources[0].tls: must not be set for an address that is not https',
  ],
  [
    'sources:\n- name: a\n  url: http://p\n  bearerTokenFile: x\n  basicAuth: {username: u, passwordFile: y}',
    's.yaml:5: sources[0].basicAuth: must not have both',
  ],
  ['sources: [', 's.yaml:'],
])('%j: %s', (text, start) => {
  const { sources, problems } = parseSources(text, 's.yaml')
  expect(sources).toEqual([])
  expect(problems[0]).toContain(start)
})

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(() => parseSources(text, 's.yaml')).not.toThrow()
    }),
  )
})
