import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const PAGES = ['README.md', 'examples/README.md', 'benchmarks/README.md', 'crds/README.md']

/** Every `foresail …` command line in the documents, and the page it stands on. */
const commands = PAGES.flatMap((page) =>
  [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^\s*(?:npx )?foresail (\w+)(.*)$/gm)].map(
    ([line, command = '', rest = '']) => ({ page, line: line.trim(), command, rest }),
  ),
)

test('there are commands to check', () => {
  expect(new Set(commands.map(({ command }) => command))).toEqual(
    new Set(['backtest', 'check', 'controller', 'history', 'hpa', 'report', 'status']),
  )
})

test.each(commands)('$page: $line', ({ command, rest }) => {
  const below = command === 'hpa' ? ['dry-run'] : []
  const help = spawnSync(
    process.execPath,
    [join(ROOT, 'controller/cli/foresail.js'), command, ...below, '--help'],
    { encoding: 'utf8' },
  )
  expect(help.status, help.stderr).toBe(0)
  for (const [flag] of rest.matchAll(/(?<=\s)--?[a-z][\w-]*/g)) {
    expect(help.stdout).toMatch(new RegExp(`(^|[\\s,])${flag}[\\s,]`))
  }
})
