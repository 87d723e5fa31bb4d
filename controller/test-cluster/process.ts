import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

import { killAtExit, killGroup } from './children.ts'
import { say } from './say.ts'

export interface ProcessOptions {
  name: string
  command: string
  args: readonly string[]
  env?: Record<string, string>
  cwd?: string
  /** Appended to, so that a restarted process keeps the log of its earlier life. */
  logFile: string
  /** Answers whether the process does its work; asked until it does. A throw means not yet. */
  ready?: () => Promise<boolean>
  readyWithinSeconds?: number
}

export interface RunningProcess {
  name: string
  pid: number
  logFile: string
  running: () => boolean
  /** SIGTERM, then SIGKILL when it still runs after `graceSeconds` (10). */
  stop: (graceSeconds?: number) => Promise<void>
  /** SIGKILL at once, as in a crash. */
  kill: () => Promise<void>
}

/** Starts a process with its output in a file and waits until it is ready. */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const log = openSync(options.logFile, 'a')
  const child = spawn(options.command, options.args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...process.env, ...options.env },
    stdio: ['ignore', log, log],
    detached: true,
  })
  closeSync(log)
  killAtExit(child)
  const exited = Promise.withResolvers<undefined>()
  let state: 'running' | 'stopping' | 'ended' = 'running'
  const ended = (how: string): void => {
    if (state === 'running') say(`${options.name} ended by itself (${how}), see ${options.logFile}`)
    state = 'ended'
    exited.resolve(undefined)
  }
  child.once('error', (error) => {
    ended(error.message)
  })
  child.once('exit', (code, signal) => {
    ended(String(code ?? signal))
  })
  const end = async (signal: NodeJS.Signals, graceSeconds: number): Promise<void> => {
    if (state === 'ended') return
    state = 'stopping'
    killGroup(child, signal)
    const killer = setTimeout(() => {
      killGroup(child, 'SIGKILL')
    }, graceSeconds * 1000)
    await exited.promise
    clearTimeout(killer)
  }
  const running: RunningProcess = {
    name: options.name,
    pid: child.pid ?? -1,
    logFile: options.logFile,
    running: () => state === 'running',
    stop: (graceSeconds = 10) => end('SIGTERM', graceSeconds),
    kill: () => end('SIGKILL', 10),
  }
  await untilReady(running, options)
  return running
}

async function untilReady(started: RunningProcess, options: ProcessOptions): Promise<void> {
  const seconds = options.readyWithinSeconds ?? 60
  const deadline = performance.now() + seconds * 1000
  let last = 'said no'
  while (performance.now() < deadline) {
    if (!started.running()) break
    try {
      if ((await options.ready?.()) ?? true) return
      last = 'said no'
    } catch (error) {
      last = error instanceof Error ? error.message : String(error)
    }
    await sleep(100)
  }
  const why = started.running() ? `not ready after ${seconds} s (${last})` : 'ended while starting'
  await started.kill()
  throw new Error(`${options.name}: ${why}\n${logTail(options.logFile, 30)}`)
}

/** The end of a log file, for the report of a failure. */
export function logTail(file: string, lines: number): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
  } catch {
    return `(no log at ${file})`
  }
}
