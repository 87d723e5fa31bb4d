import { type Command, InvalidArgumentError, Option } from 'commander'

import { formatProblem } from '../api/problem.ts'
import { dryRun } from '../hpa/dry-run.ts'
import { readSnapshot, seenIn } from '../hpa/read-snapshot.ts'
import type { Seen } from '../hpa/seen.ts'
import type { Change } from '../hpa/what-if.ts'
import type { DryRunReport } from '../reports/dry-run/format-table.ts'
import { EXIT, Failure } from './failure.ts'
import { refused, textOf, type Wanted, wantedFromFile, wantedOf } from './hpa-wanted.ts'
import { print } from './write-output.ts'

const NOTES = `
Computes one sync of the HPA controller, to the digit of Kubernetes 1.36, and writes nothing.

  foresail hpa dry-run -f hpa.yaml --snapshot snapshot.json   from files, without a cluster
  foresail hpa dry-run shop-web -n shop                       an HPA of the cluster, as it is now
  foresail hpa dry-run -f hpa.yaml                            a manifest, on what the cluster is now

The fields of a snapshot are in examples/README.md. From a cluster it only reads; what the controller
alone remembers (earlier recommendations and changes) and its own flags are not to be had there.
--set answers what if: minReplicas, maxReplicas, target, or metrics[1].target where there are several.

Example:
  foresail hpa dry-run -f hpa.yaml --snapshot snapshot.json --set minReplicas=10 --set target=60
`

const FORMATS = ['table', 'json'] as const

interface DryRunOptions {
  file?: string
  snapshot?: string
  namespace?: string
  kubeconfig?: string
  context?: string
  set: Change[]
  output: (typeof FORMATS)[number]
}

export function define(command: Command): void {
  command
    .command('dry-run')
    .summary('what would this HPA do?')
    .description('what would this HPA do?')
    .argument('[name]', 'an HPA of the cluster')
    .option('-f, --file <hpa.yaml>', 'a manifest with a HorizontalPodAutoscaler instead')
    .option('--snapshot <snapshot.json>', 'what the HPA sees, instead of a cluster (with -f)')
    .option('-n, --namespace <name>', 'namespace of the HPA (default: default)')
    .option(
      '--kubeconfig <file>',
      'kubeconfig (default: KUBECONFIG, ~/.kube/config, service account)',
    )
    .option('--context <name>', 'context of the kubeconfig')
    .addOption(
      new Option('--set <field=value>', 'what if: change this first; repeatable')
        .argParser(change)
        .default([], 'nothing'),
    )
    .addOption(
      new Option('-o, --output <format>', 'format of the answer').choices(FORMATS).default('table'),
    )
    .addHelpText('after', NOTES)
    .action(run)
}

async function run(name: string | undefined, options: DryRunOptions): Promise<void> {
  const { file, snapshot, namespace } = options
  if ((name === undefined) === (file === undefined)) {
    throw new Failure(
      'give either the name of an HPA in the cluster or a manifest with -f',
      EXIT.usage,
    )
  }
  if (snapshot !== undefined && file === undefined) {
    throw new Failure('--snapshot needs the HPA from a file too: add -f hpa.yaml', EXIT.usage)
  }
  if (file !== undefined && namespace !== undefined) {
    throw new Failure('--namespace goes with a name; a manifest says its own', EXIT.usage)
  }
  const report =
    file !== undefined && snapshot !== undefined
      ? reportFromFiles(file, snapshot, options.set)
      : await reportFromCluster(name, options)
  await print(await format(report, options.output))
}

function reportFromFiles(file: string, snapshotFile: string, changes: Change[]): DryRunReport {
  const read = readSnapshot(textOf(snapshotFile), snapshotFile)
  if (!read.ok) throw refused(read.problems)
  const least = read.snapshot.controller.scaleToZero ? 0 : 1
  const wanted = wantedFromFile(file, changes, least)
  const seen = seenIn(read.snapshot, wanted.hpa)
  if (seen.ok) return reportOf(wanted, changes, seen.seen)
  const lines = seen.problems.map((problem) => `${snapshotFile}: ${formatProblem(problem)}`)
  throw new Failure(lines.join('\nerror: '), EXIT.input)
}

async function reportFromCluster(
  name: string | undefined,
  options: DryRunOptions,
): Promise<DryRunReport> {
  const { file, set, namespace = 'default', kubeconfig, context } = options
  const { openCluster } = await import('./hpa-cluster.ts')
  const cluster = openCluster({ kubeconfigPath: kubeconfig, context })
  try {
    const wanted =
      file === undefined
        ? wantedOf(await cluster.readHpa({ namespace, name: name ?? '' }), set, 0, 'the HPA')
        : wantedFromFile(file, set, 1)
    return reportOf(wanted, set, await cluster.seenFor(wanted.hpa))
  } finally {
    await cluster.close()
  }
}

function reportOf({ hpa, changed }: Wanted, changes: readonly Change[], seen: Seen): DryRunReport {
  const asItIs = dryRun(hpa, seen)
  if (changed === null) return { run: asItIs, changed: null }
  const settings = changes.map(({ field, value }) => `${field}=${value}`)
  return { run: dryRun(changed, seen), changed: { settings, from: asItIs } }
}

/** Loads the format that is asked for, and no other. */
async function format(report: DryRunReport, output: DryRunOptions['output']): Promise<string> {
  switch (output) {
    case 'table':
      return (await import('../reports/dry-run/format-table.ts')).formatTable(report)
    case 'json':
      return (await import('../reports/dry-run/format-json.ts')).formatJson(report)
  }
}

function change(text: string, before: readonly Change[]): Change[] {
  const at = text.indexOf('=')
  if (at > 0 && at < text.length - 1) {
    return [...before, { field: text.slice(0, at), value: text.slice(at + 1) }]
  }
  throw new InvalidArgumentError('Write field=value, such as minReplicas=10.')
}
