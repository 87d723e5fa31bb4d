import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

/** Makes the Node that runs the launcher claim to be an old one; what it starts is what it is. */
const AS_OLD =
  "data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.20.2'}})"

let checkout = ''
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'foresail-launcher-'))
  mkdirSync(join(checkout, 'controller/cli'), { recursive: true })
  copyFileSync(
    new URL('foresail.js', import.meta.url),
    join(checkout, 'controller/cli/foresail.js'),
  )
  writeFileSync(join(checkout, 'package.json'), '{"type":"module"}')
})
afterEach(() => {
  rmSync(checkout, { recursive: true })
})

/** The checkout's program: what `main` does, as source. */
function programDoes(body: string): void {
  const source = `export async function main(args: string[]): Promise<number> { ${body} }`
  writeFileSync(join(checkout, 'controller/cli/main.ts'), source)
}

function fetchNode(): void {
  const folder = join(checkout, `.toolchain/node_modules/node-linux-${process.arch}/bin`)
  mkdirSync(folder, { recursive: true })
  symlinkSync(process.execPath, join(folder, 'node'))
}

function launch(nodeArguments: string[], args: string[] = []): ChildProcess {
  const launcher = join(checkout, 'controller/cli/foresail.js')
  return spawn(process.execPath, [...nodeArguments, launcher, ...args])
}

async function ended(child: ChildProcess) {
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}

describe('the launcher', () => {
  test('runs the program in its own Node when that is recent', async () => {
    programDoes('console.log(process.pid, ...args); return 7')
    const child = launch([], ['a b', '--c'])
    expect(await ended(child)).toMatchObject({ code: 7, stdout: `${child.pid ?? 0} a b --c\n` })
  })

  test('runs it under the fetched Node otherwise, with its exit code', async () => {
    fetchNode()
    programDoes('console.log(process.pid, ...args); return 7')
    const child = launch(['--import', AS_OLD], ['a b', '--c'])
    const { code, stdout } = await ended(child)
    expect(code).toBe(7)
    expect(stdout).toMatch(/^\d+ a b --c\n$/)
    expect(stdout).not.toContain(String(child.pid))
  })

  test('passes signals on and waits for the end', async () => {
    fetchNode()
    programDoes(
      "const timer = setInterval(() => {}, 1e3); const done = new Promise((end) => process.on('SIGTERM', () => { clearInterval(timer); end(9) })); console.log('up'); return done",
    )
    const child = launch(['--import', AS_OLD])
    child.stdout?.once('data', () => child.kill('SIGTERM'))
    expect(await ended(child)).toMatchObject({ code: 9, stderr: '' })
  })

  test('ends as if killed when the program was', async () => {
    fetchNode()
    programDoes("process.kill(process.pid, 'SIGTERM'); return new Promise(() => {})")
    expect(await ended(launch(['--import', AS_OLD]))).toMatchObject({ code: 143 })
  })

  test('says what to do where no Node fits', async () => {
    const { code, stderr } = await ended(launch(['--import', AS_OLD]))
    expect(code).toBe(1)
    expect(stderr).toMatch(/^error: Foresail needs Node 22\.19 or newer, .* Run "make setup"/)
  })
})
