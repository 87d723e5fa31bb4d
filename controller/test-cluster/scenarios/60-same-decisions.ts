import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HPA_STABILIZATION_SECONDS } from '../../../forecaster/reactive/hpa/controller-settings.ts'
import { newestClosedStep, SETTLE_SECONDS, STEP_SECONDS } from '../../reconcile/timing.ts'
import type { Cluster } from '../cluster.ts'
import { runCommand } from '../command.ts'
import { DEMAND_METRIC, seriesLabels } from '../exposition.ts'
import { applyManifest, installForesail, LAUNCHER } from '../foresail.ts'
import { demandQuery } from '../morning-ramp/workloads.ts'
import { type BacktestRow, compare } from '../same-decisions/compare.ts'
import { flightsUpTo } from '../same-decisions/flights.ts'
import { type LapsedStep, lapse } from '../same-decisions/lapse.ts'
import type { Scenario } from '../scenario.ts'
import { createWorkload } from '../test-workload.ts'
import { horizontalPodAutoscaler } from '../workload.ts'

const STEP_MS = STEP_SECONDS * 1000
const HISTORY_STEPS = 7 * 1440
/** Half a day: two fits come due, and a morning and an evening. */
const STEPS = 720
const MIN = 2
const MAX = 120
const CAPACITY = 50
const GUARD = 90
const OWN_TARGET = 70

/** `gappy` lacks twelve minutes of its last day: what is late is known only to one of the two. */
const CASES = [
  { name: 'whole', gap: null },
  { name: 'gappy', gap: { fromStep: 350, steps: 12 } },
] as const
type Case = (typeof CASES)[number]
type Gap = NonNullable<Case['gap']>

function inGap({ fromStep, steps }: Gap, sinceFirst: number): boolean {
  return sinceFirst >= fromStep && sinceFirst < fromStep + steps
}

const HPA = { minReplicas: MIN, maxReplicas: MAX, averageUtilization: OWN_TARGET }

/** One recording: through the controller on a real API server, and through `foresail history` and `backtest`. */
export const scenario: Scenario = {
  name: 'the controller is the backtest: the same recording, the same decisions',
  timeoutSeconds: 600,
  run: async (cluster) => {
    const kubeconfigPath = await installForesail(cluster)
    const namespace = await cluster.createNamespace('same')
    const nowMs = Date.now()
    const firstStep = newestClosedStep(nowMs) - STEPS
    const flights = flightsUpTo(nowMs)
    const demandOf =
      ({ gap }: Case) =>
      (step: number): number =>
        gap !== null && inGap(gap, step - firstStep) ? NaN : flights(step * STEP_MS)
    const prometheus = await cluster.startPrometheus({
      historyDays: 9,
      history: CASES.map((one) => ({
        name: DEMAND_METRIC,
        labels: seriesLabels(namespace, one.name),
        value: (at) => {
          // A point ends its slot.
          const demand = demandOf(one)(at / STEP_MS - 1)
          return Number.isNaN(demand) ? undefined : demand
        },
      })),
    })
    for (const one of CASES) await createCase(cluster, namespace, one)

    const begun = performance.now()
    const { steps, warnings } = await lapse(cluster, {
      ...{ namespace, prometheusUrl: prometheus.url, kubeconfigPath, firstStep, steps: STEPS },
    })
    const took = (performance.now() - begun) / 1000
    await writeFile(join(cluster.artefacts, 'same-decisions-warnings.log'), warnings.join('\n'))
    const kept = JSON.stringify(Object.fromEntries(steps))
    await writeFile(join(cluster.artefacts, 'same-decisions-written.json'), kept)
    cluster.measured(`${STEPS} steps of ${CASES.length} scalers lapsed in ${took.toFixed(0)} s`)

    for (const one of CASES) {
      const { name } = one
      const recording = join(cluster.artefacts, `same-decisions-${name}-recording.csv`)
      // A slot counts as closed once its samples have settled.
      const endSeconds = (firstStep + STEPS + 1) * STEP_SECONDS + SETTLE_SECONDS
      await runCommand(process.execPath, [
        ...[LAUNCHER, 'history', '--prometheus', prometheus.url, '--out', recording],
        ...['--query', demandQuery(namespace, name), '--end', String(endSeconds)],
        ...['--window', `${HISTORY_STEPS + STEPS + 1}m`],
      ])
      const lived = steps.get(name) ?? []
      // Not the flights themselves: a window of Prometheus holds both of its ends.
      const demandIn = await recorded(recording)
      const rows = await backtested(cluster, namespace, one, recording)
      assert.equal(lived.length, STEPS)
      assert.equal(rows[0]?.step, firstStep)
      const { equal, explained, unexplained } = compare(rows, lived, {
        actuation: {
          ...{ kind: 'hpa', targetPercent: OWN_TARGET, guardPercent: GUARD, ownMinReplicas: MIN },
          stabilizationSeconds: HPA_STABILIZATION_SECONDS,
        },
        ...{ capacityPerReplica: CAPACITY, maxReplicas: MAX, stepSeconds: STEP_SECONDS, demandIn },
        gap: one.gap === null ? null : gapSteps(one.gap, firstStep),
      })
      cluster.measured(`${name}: ${equal} of ${STEPS} steps equal; ${describe(lived, one)}`)
      for (const [cause, count] of explained) cluster.measured(`${name}: ${count} by ${cause}`)
      await writeFile(join(cluster.artefacts, `same-decisions-${name}.txt`), unexplained.join('\n'))
      assert.equal(
        unexplained.length,
        0,
        `${unexplained.length} differences that nobody explains:\n${unexplained.slice(0, 5).join('\n')}`,
      )
    }
  },
}

async function createCase(cluster: Cluster, namespace: string, { name }: Case): Promise<void> {
  await createWorkload(cluster, {
    ...{ namespace, name, replicas: MIN, startUpSeconds: [1, 2], capacity: CAPACITY },
    demand: () => CAPACITY,
    hpa: HPA,
  })
  await applyManifest(cluster, `${namespace}-${name}`, {
    apiVersion: 'foresail.dev/v1alpha1',
    kind: 'PredictiveScaler',
    metadata: { namespace, name },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      ...{ minReplicas: MIN, maxReplicas: MAX, mode: 'Auto' },
      actuator: { type: 'HorizontalPodAutoscaler', name },
      demand: [
        {
          name: 'flights',
          prometheus: { query: demandQuery(namespace, name) },
          capacity: { averageValue: String(CAPACITY) },
        },
      ],
      prediction: { risk: { violationBudget: '1%' } },
      // With the HPA's sync of 15 s still three steps.
      leadTime: { initialSeconds: 150 },
      reactive: { guard: { metric: 'cpu', averageUtilization: GUARD } },
    },
  })
}

function gapSteps({ fromStep, steps }: Gap, firstStep: number) {
  return { fromStep: firstStep + fromStep, lastStep: firstStep + fromStep + steps - 1 }
}

/** `foresail backtest` with the scaler and the HPA as they were applied. */
async function backtested(
  cluster: Cluster,
  namespace: string,
  { name }: Case,
  recording: string,
): Promise<BacktestRow[]> {
  const decisions = join(cluster.artefacts, `same-decisions-${name}.csv`)
  const scaler = await readFile(join(cluster.artefacts, `${namespace}-${name}.json`), 'utf8')
  const hpa = horizontalPodAutoscaler({ namespace, name, ...HPA })
  const manifests = join(cluster.artefacts, `same-decisions-${name}.yaml`)
  // JSON is YAML.
  await writeFile(manifests, [scaler, JSON.stringify(hpa)].join('\n---\n'))
  const output = await runCommand(process.execPath, [
    ...[LAUNCHER, 'backtest', recording, '-f', manifests, '--policies', 'foresail'],
    ...['--actuator', 'hpa', '--decisions', decisions],
  ])
  await writeFile(join(cluster.artefacts, `same-decisions-${name}-report.txt`), output)
  const [, ...rows] = (await readFile(decisions, 'utf8')).trimEnd().split('\n')
  return rows.map((row) => {
    const [timestamp = '', desired = ''] = row.split(',')
    return { step: Date.parse(timestamp) / STEP_MS, desired: Number(desired) }
  })
}

/** Demand by absolute step as both saw it; NaN in gaps. */
async function recorded(file: string): Promise<(step: number) => number> {
  const [, ...rows] = (await readFile(file, 'utf8')).trimEnd().split('\n')
  const values = new Map(
    rows.map((row) => {
      const [timestamp = '', value = ''] = row.split(',')
      return [Date.parse(timestamp) / STEP_MS, value === '' ? NaN : Number(value)]
    }),
  )
  return (step) => values.get(step) ?? NaN
}

/** That something happened at all: equal numbers that never move would prove nothing. */
function describe(lived: readonly LapsedStep[], { gap }: Case): string {
  const floors = lived.map(({ minReplicas }) => minReplicas)
  const moves = floors.filter((floor, i) => i > 0 && floor !== floors[i - 1]).length
  const raised = lived.filter(({ targetPercent }) => targetPercent === GUARD).length
  assert.ok(moves > 10, `the floor moved ${moves} times`)
  const undecided = lived.filter(({ decided }) => decided === undefined).map(({ step }) => step)
  // A sample that is one step late may still come: what stands, stands, and is decided again one step later.
  assert.ok(undecided.length <= (gap === null ? 0 : 1), `not decided: ${undecided.join(', ')}`)
  return `the floor moved ${moves} times between ${Math.min(...floors)} and ${Math.max(...floors)}, guard raised in ${raised} steps`
}
