import type { Actuation } from '../actuation/actuation.ts'
import { reactiveNeed } from '../actuation/reactive-need.ts'
import { costAt, type FrontierPoint } from '../outcome/frontier.ts'
import type { Outcome } from '../outcome/outcome.ts'
import type { Risk } from '../plans/plan.ts'
import { HPA_STABILIZATION_SECONDS } from '../reactive/hpa/controller-settings.ts'
import { foresailPolicy } from '../replay/foresail-policy.ts'
import type { Policy, ReplayRun } from '../replay/replay.ts'
import type { ModelFailure } from '../workload/ask-model.ts'
import { createWorkload, type Limits } from '../workload/workload.ts'
import { type CoverageCount, countCoverage, createCoverage } from './coverage.ts'
import { HPA_SWEEP, type HpaSetting, hpaPolicy } from './hpa-policy.ts'
import {
  type BacktestWorld,
  clairvoyantReplicaHours,
  demandInReplicas,
  runPolicy,
} from './world.ts'
import {
  YESTERDAY_DEFAULT,
  YESTERDAY_SWEEP,
  type YesterdaySetting,
  yesterdayDemand,
  yesterdayPolicy,
} from './yesterday-policy.ts'

export const POLICIES = [
  'foresail',
  'hpa',
  'hpa-best',
  'static',
  'yesterday',
  'clairvoyant',
] as const
export type PolicyName = (typeof POLICIES)[number]

export interface BacktestSettings {
  policies: readonly PolicyName[]
  risk: Risk
  /** Slots over which a plan's largest need is held, at least 1. */
  holdSteps: number
  hpa: HpaSetting
  /** Who writes replicas when Foresail decides. */
  actuation: Actuation
  /** Limits that change with the time, of Foresail alone; left out, those of the world hold throughout. */
  windows?: LimitWindows | undefined
}

/** What windows of bounds make of the limits. */
export interface LimitWindows {
  /** The limits of the decision for the slot of that absolute step. */
  limitsAt: (step: number) => Limits
  /** The most replicas that any of them allows. */
  mostReplicas: number
}

export type PolicyResult =
  | ({ policy: 'foresail' } & Ran & ForesailTold)
  | ({ policy: 'hpa'; setting: HpaSetting } & Ran)
  | ({ policy: 'hpa-best'; setting: HpaSetting; sweep: FrontierPoint[]; reached: boolean } & Ran)
  | ({ policy: 'static'; size: FixedSize; replicas: number } & Ran)
  | ({
      policy: 'yesterday'
      setting: YesterdaySetting
      sweep: FrontierPoint[]
      gapSlots: number
    } & Ran)
  | { policy: 'clairvoyant'; replicaHours: number }

/** What is taken of the warm-up for a fixed size. */
export type FixedSize = 'peak' | 'p99' | 'usual'

/** What Foresail tells beside its run. */
interface ForesailTold {
  coverage: CoverageCount[]
  band: ForecastBand
  /** Share of the scored slots in which reacting led, as its own past said it should, in per cent. */
  reactingPercent: number
  /** Whether its own past says at the end that predicting pays; null where too little was lived through. */
  predictingPays: boolean | null
  /** Forecasters that failed and were left out, and why: once each. */
  failed: ModelFailure[]
}

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

/** Told which policy is being run, and how much of it is done, in [0, 1]. */
export type OnProgress = (policy: PolicyName, share: number) => void

/** Runs the asked policies, in the order of {@link POLICIES}, through one world. */
export function backtest(
  world: BacktestWorld,
  settings: BacktestSettings,
  onProgress: OnProgress = () => undefined,
): PolicyResult[] {
  const asked = new Set(settings.policies)
  const results: PolicyResult[] = []
  let equalPercent = USUAL_VIOLATION_PERCENT
  if (asked.has('foresail')) {
    const foresail = runForesail(world, settings, onProgress)
    equalPercent = foresail.outcome.violationPercent
    results.push(foresail)
  }
  if (asked.has('hpa')) {
    results.push({ policy: 'hpa', setting: settings.hpa, ...runHpa(world, settings.hpa) })
  }
  if (asked.has('hpa-best')) results.push(bestHpa(world, equalPercent, onProgress))
  if (asked.has('static')) results.push(...fixedSizes(world))
  if (asked.has('yesterday')) results.push(yesterday(world, onProgress))
  if (asked.has('clairvoyant')) {
    results.push({ policy: 'clairvoyant', replicaHours: clairvoyantReplicaHours(world) })
  }
  return results
}

function runForesail(given: BacktestWorld, settings: BacktestSettings, onProgress: OnProgress) {
  const { windows } = settings
  const { maxReplicas } = given.sizing
  const most = Math.max(maxReplicas, windows?.mostReplicas ?? maxReplicas)
  const world = { ...given, sizing: { ...given.sizing, maxReplicas: most } }
  const { series, sizing, firstSlot, leadSteps } = world
  const firstStep = Math.round(series.startSeconds / series.stepSeconds)
  const slots = series.values.length - firstSlot
  const band = {
    median: new Float64Array(slots).fill(NaN),
    high: new Float64Array(slots).fill(NaN),
  }
  const coverage = createCoverage()
  let lived = 0
  const needs = demandInReplicas(world)
  const capacityPerReplica = 1
  const reactive = reactiveNeed(settings.actuation, capacityPerReplica)
  const failed = new Map<string, ModelFailure>()
  let [decided, reacted] = [0, 0]
  const workload = createWorkload({
    stepSeconds: series.stepSeconds,
    firstStep,
    capacityPerReplica,
    leadSteps,
    holdSteps: settings.holdSteps,
    risk: settings.risk,
    peakReplicas: sizing.peakReplicas,
    actuation: settings.actuation,
  })
  const policy = foresailPolicy({
    workload,
    samples: needs,
    reactive: (sample) => {
      // Asked once for each slot that is lived through, those of the warm-up included.
      onProgress('foresail', lived++ / series.values.length)
      return reactive(sample)
    },
    limitsAt: (slot) => windows?.limitsAt(firstStep + slot) ?? given.sizing,
    world,
    onDeliberation: ({ step, demandAhead, choice }) => {
      decided++
      if (choice.leads === 'reaction') reacted++
      for (const failure of workload.outlook.failed) failed.set(failure.modelId, failure)
      const target = step + leadSteps - firstStep
      if (demandAhead === null || target >= series.values.length) return
      band.median[target - firstSlot] = demandAhead.quantile(0.5)
      band.high[target - firstSlot] = demandAhead.quantile(0.95)
      countCoverage(coverage, demandAhead, needs[target] ?? NaN)
    },
  })
  const ran = runPolicy(world, policy)
  return {
    ...{ policy: 'foresail' as const, ...ran, coverage, band, failed: [...failed.values()] },
    reactingPercent: decided === 0 ? 0 : (100 * reacted) / decided,
    predictingPays: workload.selection.choice.pays,
  }
}

function runHpa(world: BacktestWorld, setting: HpaSetting): Ran {
  return runPolicy(world, hpaIn(world, setting))
}

function hpaIn({ series, sizing }: BacktestWorld, setting: HpaSetting): Policy {
  const { startSeconds, stepSeconds } = series
  return hpaPolicy({ ...setting, ...sizing, startSeconds, stepSeconds })
}

/** The cheapest HPA that is short no more often than asked, picked in hindsight. */
function bestHpa(
  world: BacktestWorld,
  violationPercent: number,
  onProgress: OnProgress,
): PolicyResult {
  const runs = HPA_SWEEP.map((setting, i) => {
    onProgress('hpa-best', i / HPA_SWEEP.length)
    return { setting, ...runHpa(world, setting) }
  })
  const reaching = runs.filter(({ outcome }) => outcome.violationPercent <= violationPercent)
  const [best] =
    reaching.length > 0
      ? reaching.toSorted((a, b) => a.outcome.replicaHours - b.outcome.replicaHours)
      : runs.toSorted((a, b) => a.outcome.violationPercent - b.outcome.violationPercent)
  if (best === undefined) throw new RangeError('the HPA sweep is empty')
  const sweep = runs.map(({ outcome }) => outcome)
  return { policy: 'hpa-best', ...best, sweep, reached: reaching.length > 0 }
}

/** Fixed sizes as people set them today. */
function fixedSizes(world: BacktestWorld): PolicyResult[] {
  const { largestNeed, p99Need, usualNeed } = world.sizing
  return [
    fixed(world, 'peak', largestNeed),
    fixed(world, 'p99', p99Need),
    fixed(world, 'usual', usualNeed),
  ]
}

function fixed(world: BacktestWorld, size: FixedSize, need: number): PolicyResult {
  const replicas = Math.min(need, world.sizing.maxReplicas)
  return { policy: 'static', size, replicas, ...runPolicy(world, () => replicas, replicas) }
}

function yesterday(world: BacktestWorld, onProgress: OnProgress): PolicyResult {
  const { capacityPerReplica } = world.sizing
  const demand = yesterdayDemand(world.series, world.leadSteps)
  const runWith = ({ margin, targetPercent }: YesterdaySetting): Ran => {
    const stabilizationSeconds = HPA_STABILIZATION_SECONDS
    const beneath = hpaIn(world, { targetPercent, stabilizationSeconds })
    return runPolicy(world, yesterdayPolicy({ demand, margin, capacityPerReplica, beneath }))
  }
  const sweep = YESTERDAY_SWEEP.map((setting, i) => {
    onProgress('yesterday', i / YESTERDAY_SWEEP.length)
    return runWith(setting).outcome
  })
  const gapSlots = demand.subarray(world.firstSlot).filter((value) => Number.isNaN(value)).length
  const setting = YESTERDAY_DEFAULT
  return { policy: 'yesterday', setting, sweep, gapSlots, ...runWith(setting) }
}

/** What a swept policy costs where it is short as often as Foresail; null where no setting is. */
export function hoursAtEqualViolations(
  results: readonly PolicyResult[],
  swept: 'hpa-best' | 'yesterday',
): number | null {
  const foresail = results.find((result) => result.policy === 'foresail')
  const other = results.find((result) => result.policy === swept)
  if (foresail === undefined || other === undefined || !('sweep' in other)) return null
  return costAt(other.sweep, foresail.outcome.violationPercent)
}
