import type { ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'

/** What the harness started, and its temporary folders; nothing of it outlives this process. */
const children = new Set<ChildProcess>()
const folders = new Set<string>()
let hooked = false

/** Kills a child's whole process group: `go build` and shells have children of their own. */
export function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // The group is gone already.
  }
}

export function killAtExit(child: ChildProcess): void {
  hook()
  children.add(child)
  child.once('exit', () => {
    children.delete(child)
  })
}

export function removeAtExit(folder: string): void {
  hook()
  folders.add(folder)
}

function sweep(): void {
  for (const child of children) killGroup(child, 'SIGKILL')
  for (const folder of folders) {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    } catch {
      // A killed server may still write for a moment; what is left lies in the temporary folder.
    }
  }
}

function hook(): void {
  if (hooked) return
  hooked = true
  process.once('exit', sweep)
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.once(signal, () => {
      process.stderr.write(`\n${signal}: stopping everything\n`)
      process.exit(code)
    })
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.once(event, (error: unknown) => {
      process.stderr.write(
        `${event}: ${error instanceof Error ? (error.stack ?? '') : String(error)}\n`,
      )
      process.exit(1)
    })
  }
}
