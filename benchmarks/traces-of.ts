import { statSync } from 'node:fs'

import { judgedTraces, type Trace } from './trace.ts'

/** The folder's judged traces; without any, says so and ends the process with 4. */
export function tracesOf(folder: string, stepSeconds: number, prefix: string): Trace[] {
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true
  const traces = isFolder ? judgedTraces(folder, stepSeconds, prefix) : []
  if (traces.length > 0) return traces
  const why = isFolder ? `no trace of nine days with a step of ${stepSeconds} s` : 'no such folder'
  process.stderr.write(`${folder}: ${why}\n`)
  process.exit(4)
}
