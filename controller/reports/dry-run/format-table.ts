import type { DryRun } from '../../hpa/dry-run.ts'
import { wrapped } from '../text-layout.ts'
import { caveat, headline, replicas, steps } from './explain.ts'
import { type MetricLine, metricLines } from './metric-lines.ts'

/** A dry run, and the one that it is a change of. */
export interface DryRunReport {
  run: DryRun
  /** What would be otherwise, as asked for; and what happens without. */
  changed: { settings: readonly string[]; from: DryRun } | null
}

/** In the words and the order of `kubectl describe hpa`. */
export function formatTable({ run, changed }: DryRunReport): string {
  const { spec, reconciled, target } = run
  const lines = metricLines(run)
  const note = caveat(run)
  const taken = steps(run)
  return [
    ...wrapped(headline(run), ''),
    ...(changed === null ? [] : [whatIf(run, changed)]),
    '',
    ...columns([
      ['Metrics:', '( current / target )', lines.some(wasAsked) ? 'proposes' : ''],
      ...lines.map((line) => [
        `  ${line.metric}:`,
        `${line.current} / ${line.target}`,
        line.proposes === null ? '' : replicas(line.proposes),
      ]),
    ]),
    ...lines.flatMap(({ failure }) => (failure === null ? [] : wrapped(failure, '    '))),
    `Min replicas:  ${spec.minReplicas}`,
    `Max replicas:  ${spec.maxReplicas}`,
    `${target.kind} pods:  ${run.currentReplicas ?? '<unknown>'} current / ${reconciled.desiredReplicas} desired`,
    ...(taken.length === 0 ? [] : ['Steps:', ...columns(taken.map(indented))]),
    'Conditions:',
    ...columns(
      [
        ['Type', 'Status', 'Reason', 'Message'],
        ['----', '------', '------', '-------'],
        ...reconciled.conditions.map((one) => [one.type, one.status, one.reason, one.message]),
      ].map(indented),
    ),
    ...(note === null ? [] : ['', ...wrapped(note, '')]),
    '',
  ].join('\n')
}

function whatIf(run: DryRun, { settings, from }: NonNullable<DryRunReport['changed']>): string {
  const [now, then] = [from, run].map(({ reconciled }) => replicas(reconciled.desiredReplicas))
  return `With ${settings.join(', ')}: ${then ?? ''}; as it is: ${now ?? ''}`
}

function wasAsked({ proposes }: MetricLine): boolean {
  return proposes !== null
}

function indented([first = '', ...rest]: readonly string[]): string[] {
  return [`  ${first}`, ...rest]
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>((widest, row) => {
    return row.map((cell, i) => Math.max(cell.length, widest[i] ?? 0))
  }, [])
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
