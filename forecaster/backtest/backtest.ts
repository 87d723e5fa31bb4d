import type { Actuation } from '../actuation/actuation.ts'
import type { DecideInput } from '../decide/decide.ts'
import { costAt, type FrontierPoint } from '../outcome/frontier.ts'
import type { Outcome } from '../outcome/outcome.ts'
import type { Risk } from '../plans/plan.ts'
import { currentNeed } from '../reactive/current-need.ts'
import { foresailPolicy } from '../replay/foresail-policy.ts'
import type { ReplayRun } from '../replay/replay.ts'
import { createWorkload } from '../workload/workload.ts'
import { type CoverageCount, countCoverage, createCoverage } from './coverage.ts'
import { HPA_SWEEP, type HpaSetting, hpaPolicy } from './hpa-policy.ts'
import { type BacktestWorld, clairvoyantReplicaHours, runPolicy } from './world.ts'

export const POLICIES = ['foresail', 'hpa', 'hpa-best', 'static', 'clairvoyant'] as const
export type PolicyName = (typeof POLICIES)[number]

export interface BacktestSettings {
  policies: readonly PolicyName[]
  risk: Risk
  /** Slots over which a plan's largest need is held, at least 1. */
  holdSteps: number
  hpa: HpaSetting
  /** Who writes replicas when Foresail decides. */
  actuation: Actuation
}

export type PolicyResult =
  | ({ policy: 'foresail' } & Ran & { coverage: CoverageCount[]; band: ForecastBand })
  | ({ policy: 'hpa'; setting: HpaSetting } & Ran)
  | ({ policy: 'hpa-best'; setting: HpaSetting; sweep: FrontierPoint[]; reached: boolean } & Ran)
  | ({ policy: 'static'; size: 'peak' | 'usual'; replicas: number } & Ran)
  | { policy: 'clairvoyant'; replicaHours: number }

interface Ran {
  outcome: Outcome
  run: ReplayRun
}

/** Median and 95 % quantile forecast a lead ahead, in replicas, by slot from the first scored one. */
export interface ForecastBand {
  median: Float64Array
  high: Float64Array
}

/** Violations at which HPAs are compared when Foresail is not among the policies. */
const USUAL_VIOLATION_PERCENT = 1

/** Runs the asked policies, in the order of {@link POLICIES}, through one world. */
export function backtest(world: BacktestWorld, settings: BacktestSettings): PolicyResult[] {
  const asked = new Set(settings.policies)
  const results: PolicyResult[] = []
  let equalPercent = USUAL_VIOLATION_PERCENT
  if (asked.has('foresail')) {
    const foresail = runForesail(world, settings)
    equalPercent = foresail.outcome.violationPercent
    results.push(foresail)
  }
  if (asked.has('hpa')) {
    results.push({ policy: 'hpa', setting: settings.hpa, ...runHpa(world, settings.hpa) })
  }
  if (asked.has('hpa-best')) results.push(bestHpa(world, equalPercent))
  if (asked.has('static')) results.push(fixed(world, 'peak'), fixed(world, 'usual'))
  if (asked.has('clairvoyant')) {
    results.push({ policy: 'clairvoyant', replicaHours: clairvoyantReplicaHours(world) })
  }
  return results
}

function runForesail(world: BacktestWorld, settings: BacktestSettings) {
  const { series, sizing, firstSlot, leadSteps } = world
  const firstStep = Math.round(series.startSeconds / series.stepSeconds)
  const slots = series.values.length - firstSlot
  const band = {
    median: new Float64Array(slots).fill(NaN),
    high: new Float64Array(slots).fill(NaN),
  }
  const coverage = createCoverage()
  const policy = foresailPolicy({
    workload: createWorkload({
      stepSeconds: series.stepSeconds,
      firstStep,
      capacityPerReplica: sizing.capacityPerReplica,
      leadSteps,
      holdSteps: settings.holdSteps,
      risk: settings.risk,
      peakReplicas: sizing.peakReplicas,
      actuation: settings.actuation,
    }),
    samples: series.values,
    reactive: reactiveNeed(settings.actuation, sizing.capacityPerReplica),
    limits: sizing,
    world,
    onDeliberation: ({ step, demandAhead }) => {
      const target = step + leadSteps - firstStep
      if (demandAhead === null || target >= series.values.length) return
      band.median[target - firstSlot] = demandAhead.quantile(0.5)
      band.high[target - firstSlot] = demandAhead.quantile(0.95)
      const actual = (series.values[target] ?? NaN) / sizing.capacityPerReplica
      countCoverage(coverage, demandAhead, actual)
    },
  })
  return { policy: 'foresail', ...runPolicy(world, policy), coverage, band } as const
}

/** What reacts beside the forecast: the HPA beneath, or Foresail itself. */
export function reactiveNeed(
  actuation: Actuation,
  capacityPerReplica: number,
): (newestSample: number) => DecideInput['reactive'] {
  return actuation.kind === 'hpa'
    ? () => ({ kind: 'absent', why: 'LeftToHpa' })
    : (sample) => currentNeed(sample / capacityPerReplica)
}

function runHpa(world: BacktestWorld, setting: HpaSetting): Ran {
  const { series, sizing } = world
  const { startSeconds, stepSeconds } = series
  return runPolicy(world, hpaPolicy({ ...setting, ...sizing, startSeconds, stepSeconds }))
}

/** The cheapest HPA that is short no more often than asked, picked in hindsight. */
function bestHpa(world: BacktestWorld, violationPercent: number): PolicyResult {
  const runs = HPA_SWEEP.map((setting) => ({ setting, ...runHpa(world, setting) }))
  const reaching = runs.filter(({ outcome }) => outcome.violationPercent <= violationPercent)
  const [best] =
    reaching.length > 0
      ? reaching.toSorted((a, b) => a.outcome.replicaHours - b.outcome.replicaHours)
      : runs.toSorted((a, b) => a.outcome.violationPercent - b.outcome.violationPercent)
  if (best === undefined) throw new RangeError('the HPA sweep is empty')
  const sweep = runs.map(({ outcome }) => outcome)
  return { policy: 'hpa-best', ...best, sweep, reached: reaching.length > 0 }
}

function fixed(world: BacktestWorld, size: 'peak' | 'usual'): PolicyResult {
  const { largestNeed, usualNeed, maxReplicas } = world.sizing
  const replicas = Math.min(size === 'peak' ? largestNeed : usualNeed, maxReplicas)
  return { policy: 'static', size, replicas, ...runPolicy(world, () => replicas, replicas) }
}

/** What the best HPA in hindsight costs at the same violations; null where no setting reaches them. */
export function hpaHoursAtEqualViolations(results: readonly PolicyResult[]): number | null {
  const foresail = results.find((result) => result.policy === 'foresail')
  const best = results.find((result) => result.policy === 'hpa-best')
  if (foresail === undefined || best === undefined) return null
  return costAt(best.sweep, foresail.outcome.violationPercent)
}
