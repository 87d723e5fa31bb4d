import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const RUNNER = join(import.meta.dirname, 'hpa-cases.ts')
const folder = mkdtempSync(join(tmpdir(), 'foresail-hpa-cases-'))

function run(...files: string[]) {
  const ran = spawnSync(process.execPath, [RUNNER, ...files], { encoding: 'utf8', cwd: folder })
  return { status: ran.status, out: ran.stdout, err: ran.stderr }
}

function file(name: string, content: unknown): string {
  writeFileSync(join(folder, name), JSON.stringify(content))
  return name
}

const one = (name: string, usage: number) => ({
  ...{ name, kind: 'per_pod_usage', source: 'own', inputs: { value: 10, statusReplicas: 4 } },
  expected: { usage },
})

test('counts the cases of all files', () => {
  const first = file('first.json', { schema: 1, cases: [one('a', 3), one('b', 3)] })
  expect(run(first, file('second.json', { schema: 1, cases: [one('c', 3)] }))).toEqual({
    ...{ status: 0, out: '3 agree, 0 differ\n', err: '' },
  })
})

test('names each case that differs, with what was expected and what came', () => {
  const cases = [one('a', 3), { ...one('b', 4), acceptAlso: [{ usage: 5 }] }]
  const { status, out } = run(file('differs.json', { schema: 1, cases }))
  expect(status).toBe(1)
  expect(out).toBe(
    'b\n  expected {"usage":4}\n        or {"usage":5}\n  got      {"usage":3}\n1 agree, 1 differ\n',
  )
})

test.each([
  { files: [], status: 2, words: /^usage: / },
  { files: ['absent.json'], status: 3, words: /^error: absent\.json: ENOENT/ },
  {
    files: [file('other.json', { cases: [{}] })],
    status: 3,
    words: /^error: other\.json: no file/,
  },
])('refuses $files', ({ files, status, words }) => {
  const ran = run(...files)
  expect(ran.status).toBe(status)
  expect(ran.err).toMatch(words)
  expect(ran.err.trimEnd().split('\n')).toHaveLength(1)
})
