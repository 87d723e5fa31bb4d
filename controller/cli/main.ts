import { Command } from 'commander'

import packageJson from '../../package.json' with { type: 'json' }

import { reportOf } from './failure.ts'

/** What a command's module offers: it declares its arguments and what to do with them. */
interface CommandModule {
  define(command: Command): void
}

interface CommandEntry {
  name: string
  summary: string
  /** Loads the command only when it is asked for: a backtest needs no Kubernetes client. */
  load: () => Promise<CommandModule>
}

/** Every command of the program, in the order of the help. */
const COMMANDS: CommandEntry[] = [
  {
    name: 'backtest',
    summary: 'replay a recording: what would Foresail have cost, and how often been short',
    load: () => import('./backtest-command.ts'),
  },
  {
    name: 'check',
    summary: 'check manifests and recordings, without a cluster',
    load: () => import('./check-command.ts'),
  },
  {
    name: 'controller',
    summary: 'run the controller: PredictiveScalers become floors of their HPAs',
    load: () => import('./controller-command.ts'),
  },
  {
    name: 'history',
    summary: 'write what a Prometheus query was as a recording',
    load: () => import('./history-command.ts'),
  },
  {
    name: 'hpa',
    summary: 'what an HPA would do, without letting it',
    load: () => import('./hpa-command.ts'),
  },
  {
    name: 'report',
    summary: 'forecast against actual, and what was saved, from Prometheus',
    load: () => import('./report-command.ts'),
  },
  {
    name: 'status',
    summary: 'what a PredictiveScaler of the cluster sees, plans and lacks',
    load: () => import('./status-command.ts'),
  },
]

const EXIT_CODES = `
Exit codes:
  0  success
  1  unexpected failure; with status --wait: not Ready in time
  2  the command line is wrong
  3  the input is wrong: the message names file and line
  4  a source cannot be reached, or holds too little
 99  a --threshold of backtest was missed; the report is whole
`

/** Runs the program and returns its exit code; never throws. */
export async function main(args: readonly string[]): Promise<number> {
  // A reader that has seen enough, as head does, is no failure.
  process.stdout.on('error', (error: Error) => {
    if (!('code' in error) || error.code !== 'EPIPE') throw error
  })
  const program = new Command('foresail')
    .description(packageJson.description)
    .version(packageJson.version)
    .exitOverride()
    .addHelpText('after', EXIT_CODES)
  const asked = args.find((argument) => COMMANDS.some(({ name }) => name === argument))
  try {
    for (const { name, summary, load } of COMMANDS) {
      const command = program.command(name).summary(summary).description(summary)
      if (name === asked) (await load()).define(command)
    }
    await program.parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    const { line, exitCode } = reportOf(error)
    if (line !== null) process.stderr.write(`${line}\n`)
    return exitCode
  }
}
