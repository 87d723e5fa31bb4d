/**
 * How long things take: a backtest as a process and within one, a decision, a refit, the periods.
 *
 *   node benchmarks/speed.ts [RECORDING.csv]
 *
 * Without a recording it makes one: fourteen days of minutes.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serialize } from 'node:v8'

import { readRecording } from '../controller/recordings/read-recording.ts'
import { backtest } from '../forecaster/backtest/backtest.ts'
import { judgePeriods } from '../forecaster/periods/judge-periods.ts'
import { holdSteps } from '../forecaster/plans/hold.ts'
import { currentNeed } from '../forecaster/reactive/current-need.ts'
import { HPA_STABILIZATION_SECONDS } from '../forecaster/reactive/hpa/controller-settings.ts'
import { newestStep } from '../forecaster/series/history.ts'
import { syntheticDemand } from '../forecaster/series/synthetic-demand.ts'
import { checkpointOf } from '../forecaster/workload/checkpoint.ts'
import { liveThrough } from '../forecaster/workload/live-through.ts'
import {
  computeFits,
  createWorkload,
  deliberate,
  observe,
} from '../forecaster/workload/workload.ts'

import { markdownTable } from './markdown-table.ts'
import { loadTrace, protocolWorld } from './trace.ts'

const FORESAIL = fileURLToPath(new URL('../controller/cli/foresail.js', import.meta.url))
const ROUNDS = 5
const STEP_SECONDS = 60
const ACTUATION = { kind: 'scale' } as const
const MADE = { days: 14, stepSeconds: STEP_SECONDS, level: 1000, swing: 700, noise: 60, seed: 1 }
const TERMS = { stepSeconds: STEP_SECONDS, leadMinutes: 3, peakReplicas: 20 }

const temporary = mkdtempSync(join(tmpdir(), 'foresail-speed-'))
try {
  const file = process.argv[2] ?? madeRecording()
  const world = protocolWorld(loadTrace(file), TERMS)
  const days = (world.series.values.length * world.series.stepSeconds) / 86_400
  const settings = {
    policies: ['foresail'] as const,
    risk: { kind: 'budget', violationShare: 0.01 } as const,
    holdSteps: holdSteps(world.leadSteps, world.series.stepSeconds, HPA_STABILIZATION_SECONDS),
    hpa: { targetPercent: 70, stabilizationSeconds: 300 },
    actuation: ACTUATION,
  }
  const week = syntheticDemand({ ...MADE, days: 7 })
  const { decisionMicroseconds, refitMilliseconds, residentBytes, checkpointBytes } =
    decisionAndRefit(file)
  const rows: [string, string][] = [
    [
      'help, process',
      milliseconds(() => {
        foresail('--help')
      }),
    ],
    [
      `${days} days, Foresail alone, process`,
      milliseconds(() => {
        foresail('backtest', file, '--policies', 'foresail')
      }),
    ],
    [
      `${days} days, every policy, process`,
      milliseconds(() => {
        foresail('backtest', file)
      }),
    ],
    ['reading the recording', milliseconds(() => readRecording(file))],
    [`${days} days, Foresail alone, in process`, milliseconds(() => backtest(world, settings))],
    ['one closed slot and its decision', `${decisionMicroseconds.toFixed(0)} µs`],
    [
      'judging the periods of 7 days',
      milliseconds(() => judgePeriods({ stepSeconds: STEP_SECONDS, values: week })),
    ],
    ['one refit', `${refitMilliseconds.toFixed(1)} ms`],
    ['one workload in memory', `${(residentBytes / 1000).toFixed(0)} kB`],
    ['its checkpoint', `${(checkpointBytes / 1000).toFixed(1)} kB`],
  ]
  process.stdout.write(`${markdownTable(['what', `best of ${ROUNDS}`], rows)}\n`)
} finally {
  rmSync(temporary, { recursive: true })
}

function madeRecording(): string {
  const rows = [...syntheticDemand(MADE)].map(
    (value, i) => `${new Date(i * STEP_SECONDS * 1000).toISOString()},${value.toFixed(2)}`,
  )
  const file = join(temporary, 'made.csv')
  writeFileSync(file, `timestamp,value\n${rows.join('\n')}\n`)
  return file
}

function foresail(...args: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [FORESAIL, ...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}

function milliseconds(work: () => unknown): string {
  return `${bestOf(work).toFixed(0)} ms`
}

/** The least time of a few rounds: what else the machine does only ever adds. */
function bestOf(work: () => unknown): number {
  let best = Infinity
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    work()
    best = Math.min(best, performance.now() - start)
  }
  return best
}

/** Measured on a workload that has lived through the whole recording. */
function decisionAndRefit(file: string) {
  const world = protocolWorld(loadTrace(file), TERMS)
  const { series, sizing, leadSteps } = world
  const workload = createWorkload({
    stepSeconds: series.stepSeconds,
    firstStep: Math.round(series.startSeconds / series.stepSeconds),
    capacityPerReplica: sizing.capacityPerReplica,
    leadSteps,
    holdSteps: holdSteps(leadSteps, series.stepSeconds, HPA_STABILIZATION_SECONDS),
    risk: { kind: 'budget', violationShare: 0.01 },
    peakReplicas: sizing.peakReplicas,
    actuation: ACTUATION,
  })
  const around = (sample: number) => ({
    ...sizing,
    reactive: currentNeed(sample / sizing.capacityPerReplica),
  })
  for (const sample of series.values) liveThrough(workload, sample, around(sample))
  const refitMilliseconds = bestOf(() =>
    computeFits(workload, newestStep(workload.outlook.history)),
  )
  const slots = 1000
  const decisionMilliseconds = bestOf(() => {
    for (const sample of series.values.subarray(0, slots)) {
      observe(workload, sample, sizing)
      deliberate(workload, around(sample))
    }
  })
  return {
    refitMilliseconds,
    decisionMicroseconds: (1000 * decisionMilliseconds) / slots,
    residentBytes: serialize(workload).length,
    checkpointBytes: JSON.stringify(checkpointOf(workload)).length,
  }
}
