import { spawn } from 'node:child_process'

import { killAtExit } from './children.ts'

export interface CommandOptions {
  cwd?: string
  env?: Record<string, string>
  /** Called for every line on stderr, for commands that run for minutes. */
  onErrorLine?: (line: string) => void
}

/** Runs a command to its end and returns its stdout; throws with the tail of stderr if it fails. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const child = spawn(command, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  killAtExit(child)
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-8000)
    for (const line of text.split('\n')) if (line !== '') options.onErrorLine?.(line)
  })
  const { promise, resolve, reject } = Promise.withResolvers<number | string>()
  child.once('error', reject)
  child.once('close', (code, signal) => {
    resolve(code ?? signal ?? 'unknown')
  })
  const ended = await promise
  if (ended !== 0) {
    throw new Error(
      `${command} ${args.join(' ')} ended with ${ended}:\n${errors}${output.slice(-2000)}`,
    )
  }
  return output
}

/** The same, but a missing command or a failure is an answer: undefined. */
export async function tryCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string | undefined> {
  try {
    return await runCommand(command, args, options)
  } catch {
    return undefined
  }
}
