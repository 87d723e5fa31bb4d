import { type Command, Option } from 'commander'
import { ZodError } from 'zod'

import type { ApiRequests } from '../kubernetes/connect.ts'
import type { ResourceName } from '../kubernetes/resource.ts'
import type { ScalerReport } from '../reports/status/scaler-report.ts'
import { EXIT, Failure } from './failure.ts'
import { duration } from './option-values.ts'
import { print } from './write-output.ts'

const NOTES = `
Reads the PredictiveScaler and nothing else, and writes nothing.

  foresail status shop-web -n shop                         what it sees, plans and lacks
  foresail status shop-web -n shop --wait --timeout 5m     for pipelines: 0 once it is Ready, else 1
`

const FORMATS = ['text', 'json'] as const
const WAIT_SECONDS = 60

interface StatusOptions {
  namespace: string
  kubeconfig?: string
  context?: string
  output: (typeof FORMATS)[number]
  wait: boolean
  timeout?: number
}

export function define(command: Command): void {
  command
    .argument('<name>', 'a PredictiveScaler of the cluster')
    .option('-n, --namespace <name>', 'its namespace', 'default')
    .option(
      '--kubeconfig <file>',
      'kubeconfig (default: KUBECONFIG, ~/.kube/config, service account)',
    )
    .option('--context <name>', 'context of the kubeconfig')
    .option('--wait', 'wait until it is Ready by its newest spec', false)
    .option('--timeout <duration>', 'wait no longer than this (default: 60s)', duration)
    .addOption(
      new Option('-o, --output <format>', 'format of the answer').choices(FORMATS).default('text'),
    )
    .addHelpText('after', NOTES)
    .action(run)
}

async function run(name: string, options: StatusOptions): Promise<void> {
  const { namespace, kubeconfig, context, wait, timeout } = options
  if (timeout !== undefined && !wait) {
    throw new Failure('--timeout goes with --wait', EXIT.usage)
  }
  const { connect } = await import('../kubernetes/connect.ts')
  const api = orFailure(() => connect({ kubeconfigPath: kubeconfig, context }))
  const who = `PredictiveScaler ${namespace}/${name}`
  const stop = new AbortController()
  try {
    const read = readerOf(api, { namespace, name })
    const reading = wait
      ? waited(read, who, timeout ?? WAIT_SECONDS, stop.signal)
      : read(stop.signal)
    await print(await format(await answered(reading, who), options.output))
  } finally {
    await api.close()
  }
}

type Read = (signal: AbortSignal) => Promise<ScalerReport>

function readerOf(api: ApiRequests, name: ResourceName): Read {
  return async (signal) => {
    const { objectPath, predictiveScalers } = await import('../kubernetes/resource.ts')
    const { scalerReport } = await import('../reports/status/scaler-report.ts')
    return scalerReport(await api.request({ path: objectPath(predictiveScalers, name) }, signal))
  }
}

async function waited(
  read: Read,
  who: string,
  timeoutSeconds: number,
  signal: AbortSignal,
): Promise<ScalerReport> {
  const { NotReadyError, waitUntilReady } = await import('./wait-until-ready.ts')
  const { systemTiming } = await import('../kubernetes/timing.ts')
  // Standard output is for the answer.
  const say = (line: string): void => void process.stderr.write(`waiting: ${line}\n`)
  try {
    return await waitUntilReady({ read, timing: systemTiming, timeoutSeconds, say }, signal)
  } catch (error) {
    if (!(error instanceof NotReadyError)) throw error
    throw new Failure(`${who} is ${error.message}`, EXIT.unexpected)
  }
}

async function answered(reading: Promise<ScalerReport>, who: string): Promise<ScalerReport> {
  const { KubernetesError, kubernetesError } = await import('../kubernetes/errors.ts')
  try {
    return await reading
  } catch (error) {
    if (!(error instanceof KubernetesError || error instanceof ZodError)) throw error
    const { reason, message } = kubernetesError(error, who)
    const hint = 'kubectl get pscaler --all-namespaces lists those that are there'
    const said = reason === 'NotFound' ? `${who} does not exist; ${hint}` : message
    throw new Failure(said, EXIT.unavailable)
  }
}

/** Loads the format that is asked for, and no other. */
async function format(report: ScalerReport, output: StatusOptions['output']): Promise<string> {
  switch (output) {
    case 'text':
      return (await import('../reports/status/format-text.ts')).formatText(report, Date.now())
    case 'json':
      return (await import('../reports/status/format-json.ts')).formatJson(report)
  }
}

function orFailure<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error), EXIT.unavailable)
  }
}
