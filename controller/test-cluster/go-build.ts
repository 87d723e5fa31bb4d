import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { removeAtExit } from './children.ts'
import { runCommand, tryCommand } from './command.ts'
import { say, seconds } from './say.ts'

const WANTED_GO = { major: 1, minor: 26 }

export interface WrapperModule {
  name: string
  /** module path → version */
  requires: Record<string, string>
  replaces: Record<string, string>
  /** Packages with a main function; each becomes a binary named after its last path element. */
  commands: readonly string[]
  linkerVariables: Record<string, string>
}

/**
 * Builds commands from the Go module proxy in a small module of their own: `go install` cannot
 * build commands whose modules have replace lines. All in one `go build`: what they share compiles
 * once.
 * Returns where the sources of the required modules lie, by module path.
 */
export async function goBuild(
  module: WrapperModule,
  binFolder: string,
): Promise<ReadonlyMap<string, string>> {
  await requireGo()
  const folder = await mkdtemp(join(tmpdir(), 'foresail-go-'))
  removeAtExit(folder)
  await writeFile(join(folder, 'go.mod'), goMod(module))
  const env = { CGO_ENABLED: '0', GOWORK: 'off' }
  const go = (args: string[], onErrorLine?: (line: string) => void): Promise<string> =>
    runCommand('go', args, { cwd: folder, env, ...(onErrorLine && { onErrorLine }) })

  let start = performance.now()
  await go(['mod', 'tidy'])
  say(`  ${module.name}: modules resolved in ${seconds(start)}`)

  await mkdir(binFolder, { recursive: true })
  start = performance.now()
  let packages = 0
  const progress = setInterval(() => {
    say(`  ${module.name}: ${packages} packages compiled, ${seconds(start)}`)
  }, 30_000)
  try {
    const variables = Object.entries(module.linkerVariables).map(
      ([name, value]) => `-X ${name}=${value}`,
    )
    await go(
      [
        ...['build', '-v', '-trimpath', '-buildvcs=false', '-gcflags=all=-dwarf=false'],
        ...['-ldflags', ['-s', '-w', ...variables].join(' '), '-o', `${binFolder}/`],
        ...module.commands,
      ],
      () => {
        packages += 1
      },
    )
  } finally {
    clearInterval(progress)
  }
  say(`  ${module.name}: ${packages} packages compiled and linked in ${seconds(start)}`)
  const sources = new Map<string, string>()
  for (const path of Object.keys(module.requires)) {
    sources.set(path, (await go(['list', '-m', '-f', '{{.Dir}}', path])).trim())
  }
  await rm(folder, { recursive: true, force: true })
  return sources
}

function goMod(module: WrapperModule): string {
  const lines = [
    `module foresail.dev/test-cluster/${module.name}`,
    '',
    'go 1.26.0',
    '',
    'require (',
  ]
  for (const [path, version] of Object.entries(module.requires)) lines.push(`\t${path} ${version}`)
  lines.push(')', '')
  for (const [path, version] of Object.entries(module.replaces)) {
    lines.push(`replace ${path} => ${path} ${version}`)
  }
  for (const command of module.commands) lines.push(`tool ${command}`)
  return `${lines.join('\n')}\n`
}

async function requireGo(): Promise<void> {
  const found = await tryCommand('go', ['env', 'GOVERSION'])
  const match = /^go(\d+)\.(\d+)/.exec(found ?? '')
  const major = Number(match?.[1] ?? 0)
  const minor = Number(match?.[2] ?? 0)
  const fits = major > WANTED_GO.major || (major === WANTED_GO.major && minor >= WANTED_GO.minor)
  if (fits) return
  throw new Error(
    `MISSING: Go >= ${WANTED_GO.major}.${WANTED_GO.minor} on PATH ` +
      `(found: ${found?.trim() ?? 'none'}). ` +
      'The control plane of the cluster tests is built from the Go module proxy. ' +
      'Install Go, put its bin folder on PATH and run this again. Nothing was tested.',
  )
}
