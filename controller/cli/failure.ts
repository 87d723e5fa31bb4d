import { CommanderError } from 'commander'

import { RecordingProblem } from '../recordings/recording-problem.ts'

/** Exit codes, as `foresail --help` lists them. */
export const EXIT = {
  success: 0,
  /** A fault of Foresail or of the machine. */
  unexpected: 1,
  /** Something is wrong with the command line. */
  usage: 2,
  /** Something is wrong with the input. */
  input: 3,
  /** A source cannot be reached, or holds too little. */
  unavailable: 4,
  /** The report is whole, and says that a threshold was missed. */
  thresholds: 99,
} as const

/** Ends a command with one line for the user and an exit code. */
export class Failure extends Error {
  readonly exitCode: number

  constructor(message: string, exitCode: number) {
    super(message)
    this.name = 'Failure'
    this.exitCode = exitCode
  }
}

/** What a command's error means to the user: a line to print, unless it is printed already, and a code. */
export function reportOf(error: unknown): { line: string | null; exitCode: number } {
  if (error instanceof CommanderError) {
    // commander has printed help, version or its own complaint.
    return { line: null, exitCode: error.exitCode === 0 ? EXIT.success : EXIT.usage }
  }
  if (error instanceof Failure) {
    return { line: `error: ${error.message}`, exitCode: error.exitCode }
  }
  if (error instanceof RecordingProblem) {
    const exitCode = error.kind === 'unusable' ? EXIT.input : EXIT.unavailable
    return { line: `error: ${error.message}`, exitCode }
  }
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return {
    line: `error: this should not have happened; please report it\n${what}`,
    exitCode: EXIT.unexpected,
  }
}
