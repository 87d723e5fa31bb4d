/**
 * Holds Foresail's own arithmetic against an independent scorer's (PROTOCOL §8), and looks for
 * look-ahead: decisions must not change when the future does.
 *
 *   node benchmarks/score-check.ts FOLDER SCORER.py [--step 60] [--lead 3] [--lead-p90 5] [--peak 20]
 *                                  [--only prefix] [--python python3] [--skip-causal]
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

import type { BacktestReport } from '../controller/reports/backtest/report.ts'
import { logNormalThrough } from '../forecaster/lead-time/log-normal.ts'

import { markdownTable } from './markdown-table.ts'
import { protocolWorld, type Trace } from './trace.ts'
import { tracesOf } from './traces-of.ts'

const FORESAIL = fileURLToPath(new URL('../controller/cli/foresail.js', import.meta.url))
const TOLERANCE_PERCENT = 0.1

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    step: { type: 'string', default: '60' },
    lead: { type: 'string', default: '3' },
    'lead-p90': { type: 'string' },
    peak: { type: 'string', default: '20' },
    only: { type: 'string', default: '' },
    python: { type: 'string', default: 'python3' },
    'skip-causal': { type: 'boolean', default: false },
  },
})
const [folder, scorer] = positionals
if (folder === undefined || scorer === undefined) {
  process.stderr.write('usage: node benchmarks/score-check.ts FOLDER SCORER.py [options]\n')
  process.exit(2)
}
const scorerFile = scorer
const terms = {
  stepSeconds: Number(values.step),
  leadMinutes: Number(values.lead),
  peakReplicas: Number(values.peak),
}
/** With --lead-p90 every pod has a lead of its own, as PROTOCOL §3 draws it. */
const p90 = values['lead-p90']
const startUp =
  p90 === undefined ? `${terms.leadMinutes}m` : `p50=${terms.leadMinutes}m,p90=${p90}m`
const leadSigma =
  p90 === undefined ? 0 : logNormalThrough(terms.leadMinutes, 0.9, Number(p90)).logSd
const temporary = mkdtempSync(join(tmpdir(), 'foresail-check-'))
try {
  const checks = tracesOf(folder, terms.stepSeconds, values.only).map(check)
  process.stdout.write(
    `${markdownTable(
      [
        'trace',
        'c, max',
        'V %',
        'V diff %',
        'cost diff %',
        'demand short diff %',
        'clairvoyant diff %',
        'missing',
        'causal',
      ],
      checks.map(({ cells }) => cells),
    )}\n`,
  )
  const failed = checks.filter(({ passed }) => !passed).length
  process.stdout.write(`\n${checks.length} traces, ${failed} failed\n`)
  process.exitCode = failed === 0 ? 0 : 1
} finally {
  rmSync(temporary, { recursive: true })
}

/** What the scorer prints, as far as it is read. */
interface Scored {
  violation_pct: number
  pod_hours: number
  shortage_pct: number
  clairvoyant_pod_hours: number
  decisions_missing: number
}

function check(trace: Trace): { cells: string[]; passed: boolean } {
  process.stderr.write(`${trace.name}\n`)
  const {
    capacityPerReplica: c,
    minReplicas: min,
    maxReplicas: max,
  } = protocolWorld(trace, terms).sizing
  const params = runScorer([
    'params',
    '--trace',
    trace.file,
    '--peak',
    String(terms.peakReplicas),
  ]) as {
    c: number
    max: number
  }
  const given = [
    '--c',
    String(c),
    '--lead',
    String(terms.leadMinutes),
    '--min',
    String(min),
    '--max',
    String(max),
  ]
  const decisions = join(temporary, 'decisions.csv')
  const own = ownReport(trace, { c, min, max, decisions })
  const judged = runScorer([
    'score',
    '--trace',
    trace.file,
    '--decisions',
    decisions,
    ...given,
    ...['--lead-sigma', String(leadSigma), '--seed', '1'],
  ]) as Scored
  const foresail = own.policies.find(({ policy }) => policy === 'foresail')
  const clairvoyant = own.policies.find(({ policy }) => policy === 'clairvoyant')
  const differences = [
    differencePercent(foresail?.violationPercent, judged.violation_pct),
    differencePercent(foresail?.replicaHours, judged.pod_hours),
    differencePercent(foresail?.demandShortPercent, judged.shortage_pct),
    differencePercent(clairvoyant?.replicaHours, judged.clairvoyant_pod_hours),
  ]
  const sameTerms = params.c === c && params.max === max
  const isCausal = values['skip-causal'] ? null : causal(trace, given)
  return {
    cells: [
      trace.name,
      sameTerms ? 'same' : `${c}, ${max} / ${params.c}, ${params.max}`,
      judged.violation_pct.toFixed(3),
      ...differences.map((difference) => difference.toFixed(4)),
      String(judged.decisions_missing),
      isCausal === null ? 'skipped' : isCausal ? 'yes' : 'NO',
    ],
    passed:
      sameTerms &&
      differences.every((difference) => difference <= TOLERANCE_PERCENT) &&
      judged.decisions_missing === 0 &&
      isCausal !== false,
  }
}

function ownReport(
  trace: Trace,
  given: { c: number; min: number; max: number; decisions: string },
): BacktestReport {
  const output = execFileSync(
    process.execPath,
    [
      ...[FORESAIL, 'backtest', trace.file, '--policies', 'foresail,clairvoyant', '-o', 'json'],
      ...['--capacity', String(given.c), '--min', String(given.min), '--max', String(given.max)],
      ...['--start-up', startUp, '--actuator', 'scale', '--decisions', given.decisions],
    ],
    { encoding: 'utf8', maxBuffer: 1e8 },
  )
  return JSON.parse(output) as BacktestReport
}

function causal(trace: Trace, given: string[]): boolean {
  const command =
    `${process.execPath} ${FORESAIL} backtest {trace} --policies foresail --actuator scale --capacity {c} ` +
    `--start-up ${startUp} --min {min} --max {max} --decisions {out}`
  try {
    runScorer(['causal', '--trace', trace.file, '--cmd', command, ...given])
    return true
  } catch (error) {
    process.stderr.write(
      `${String(error instanceof Error && 'stdout' in error ? error.stdout : error)}\n`,
    )
    return false
  }
}

function runScorer(args: string[]): unknown {
  const output = execFileSync(values.python, [scorerFile, ...args], { encoding: 'utf8' })
  return JSON.parse(output) as unknown
}

/** Difference in per cent of the judge's number. */
function differencePercent(own: number | undefined, judged: number): number {
  if (own === undefined) return NaN
  return own === judged ? 0 : (100 * Math.abs(own - judged)) / Math.abs(judged)
}
