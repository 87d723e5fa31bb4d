import { currentNeed } from '../../forecaster/reactive/current-need.ts'
import {
  aggregateUsage,
  syncAggregateOverSlot,
} from '../../forecaster/reactive/hpa/aggregate-sync.ts'
import { DEFAULT_SETTINGS, toleranceOf } from '../../forecaster/reactive/hpa/controller-settings.ts'
import { newestStep } from '../../forecaster/series/history.ts'
import { judgeForecast, logForecast } from '../../forecaster/workload/forecast-log.ts'
import {
  adopt,
  deliberate,
  dueFit,
  observe as observeSlot,
  type Surroundings,
} from '../../forecaster/workload/workload.ts'
import type { PredictiveScalerSpec } from '../api/spec.ts'
import { eventFactor } from '../calendar/event-factor.ts'
import { limitsAt } from '../calendar/limits-at.ts'
import { percentOfCapacity } from './actuation-of.ts'
import { fitAhead } from './fit-ahead.ts'
import { type Live, startHpaAlone } from './memory.ts'
import { observe, type SignalProblem } from './observe.ts'
import type { Forecasting, HpaView, LoadRecord, MetricsSource, UsageNow } from './ports.ts'
import { lastKnown } from './prepare.ts'
import { seeLoads } from './see-loads.ts'
import { spreadOf } from './spread.ts'
import { newestClosedStep, runningStep, STEP_SECONDS } from './timing.ts'

/** Samples may be this late before the running step is decided without them. */
const LATE_STEPS = 2

export interface AdvanceInput {
  namespace: string
  usageNow?: UsageNow | undefined
  /** Names the scaler: its fits are computed at a time of their own. */
  id: string
  spec: PredictiveScalerSpec
  live: Live
  nowMs: number
  /** The HPA as it is; null while it cannot be read. */
  hpa: HpaView | null
  sources: ReadonlyMap<string, MetricsSource>
  forecasting: Forecasting
  loadRecord: LoadRecord | undefined
}

export interface Advanced {
  /** Age of the newest known sample: seconds since its slot closed. */
  sampleAgeSeconds: number
  problems: SignalProblem[]
}

/** Feeds the slots that closed since the last sync to the workload, and decides the running one. */
export async function advance(input: AdvanceInput, signal: AbortSignal): Promise<Advanced> {
  const { live, nowMs } = input
  const { history } = live.workload.outlook
  if (live.undecided) decideNext(input)
  const firstStep = newestStep(history) + 1
  const lastStep = newestClosedStep(nowMs)
  let problems: SignalProblem[] = []
  let partialNeed = NaN
  if (lastStep >= firstStep) {
    const span = { firstStep, lastStep, stepSeconds: STEP_SECONDS }
    const observed = await observe(input.sources, input, span, signal)
    problems = observed.problems
    seeLoads(input.loadRecord, input.spec, observed, span)
    const { whole, atLeast, binding } = observed.demand
    const newest = lastKnown(whole)
    for (let i = 0; i <= newest; i++) await closeSlot(input, whole[i] ?? NaN, signal)
    if (newest >= 0) live.binding = binding
    if (newest < whole.length - 1) partialNeed = atLeast.at(-1) ?? NaN
  }
  fitAhead(input, spreadOf(input.id))
  const running = runningStep(nowMs)
  const late = running - 1 - newestStep(history)
  if (late >= LATE_STEPS || !Number.isNaN(partialNeed))
    decideWithoutSample(input, running, partialNeed)
  return { sampleAgeSeconds: nowMs / 1000 - (newestStep(history) + 1) * STEP_SECONDS, problems }
}

/** One slot closed with this demand in replicas; NaN for a gap that later samples have passed by. */
async function closeSlot(input: AdvanceInput, demand: number, signal: AbortSignal): Promise<void> {
  const { live, spec } = input
  const { workload } = live
  const step = newestStep(workload.outlook.history) + 1
  await refit(input, signal)
  // What an event multiplies is brought back to a usual day: levels and errors stay those of usual days.
  const usual = demand / eventFactor(spec.events, startOf(step))
  judgeForecast(live.log, step, usual)
  observeSlot(workload, usual, limitsAt(spec, startOf(step), workload.leadSteps, STEP_SECONDS))
  live.newestDemand = demand
  advanceHpaAlone(input, demand, step)
  decideNext(input)
}

/** Decides the slot after the newest sample. */
function decideNext(input: AdvanceInput): void {
  const { live } = input
  const { workload } = live
  const next = newestStep(workload.outlook.history) + 1
  const deliberation = deliberate(workload, surroundings(input, next))
  live.deliberation = deliberation
  live.undecided = false
  if (deliberation.demandAhead !== null) {
    logForecast(live.log, deliberation.step + workload.leadSteps, deliberation.demandAhead)
  }
}

/**
 * Puts in force what is due. A fit that is late or fails leaves the old one in force, and is due again next
 * slot. One that was not begun ahead, after a gap, is computed here.
 */
async function refit(
  { live, spec, forecasting }: AdvanceInput,
  signal: AbortSignal,
): Promise<void> {
  const { workload } = live
  const untilStep = dueFit(workload)
  if (untilStep === null) return
  const ahead = live.fitAhead?.untilStep === untilStep ? live.fitAhead : null
  if (ahead !== null && ahead.outcome === null) {
    live.fitProblem = 'it is still being computed'
    return
  }
  try {
    const { outlook } = workload
    const computed = ahead?.outcome
    const fits =
      computed != null && 'fits' in computed
        ? computed.fits
        : await forecasting.fit({ outlook, untilStep, events: spec.events }, signal)
    adopt(workload, fits, untilStep)
    live.fitProblem = null
    live.fitAhead = null
  } catch (error) {
    signal.throwIfAborted()
    live.fitProblem = error instanceof Error ? error.message : String(error)
  }
}

/** In doubt the running step is decided once, from what stands, the day-ahead plan and partial data. */
function decideWithoutSample(input: AdvanceInput, running: number, partialNeed: number): void {
  const { live } = input
  const known = !Number.isNaN(partialNeed)
  if (live.deliberation !== null && live.deliberation.step >= running && !known) return
  const around = surroundings(input, running)
  if (known) around.reactive = currentNeed(partialNeed)
  live.deliberation = deliberate(live.workload, around, running)
}

/** What the decision for a slot may know beside the forecast. */
function surroundings({ spec, live }: AdvanceInput, step: number): Surroundings {
  const { leadSteps } = live.workload
  live.limits = limitsAt(spec, startOf(step), leadSteps, STEP_SECONDS)
  return {
    reactive: reactingBeside(spec, live),
    minReplicas: live.limits.minReplicas,
    maxReplicas: live.limits.maxReplicas,
    demandFactor: eventFactor(spec.events, startOf(step + leadSteps)),
  }
}

function startOf(step: number): number {
  return step * STEP_SECONDS * 1000
}

/**
 * Without an HPA beneath Foresail reacts itself. ScaleUpOnly promises never to run less than the HPA alone
 * would; in Auto reacting is the HPA's own.
 */
function reactingBeside(spec: PredictiveScalerSpec, live: Live): Surroundings['reactive'] {
  if (spec.actuator.type === 'Scale') return currentNeed(live.newestDemand)
  const alone = spec.mode === 'ScaleUpOnly' ? live.hpaAlone : null
  return alone === null
    ? { kind: 'absent', why: 'LeftToHpa' }
    : { kind: 'known', replicas: alone.replicas }
}

function advanceHpaAlone({ live, hpa, spec }: AdvanceInput, demand: number, step: number): void {
  if (hpa?.original.guardUtilization === undefined) return
  // An HPA that finds 0 is off; what it would run once it is on again starts from its minimum.
  const { currentReplicas = 0, original } = hpa
  live.hpaAlone ??= startHpaAlone(currentReplicas > 0 ? currentReplicas : original.minReplicas)
  const alone = {
    minReplicas: Math.min(hpa.original.minReplicas, spec.maxReplicas),
    maxReplicas: hpa.maxReplicas,
    behavior: null,
    tolerance: toleranceOf(null, DEFAULT_SETTINGS),
    settings: DEFAULT_SETTINGS,
  }
  const { memory, replicas } = live.hpaAlone
  const usage = aggregateUsage(demand, percentOfCapacity(spec, hpa.original.guardUtilization) / 100)
  const at = (step + 1) * STEP_SECONDS
  live.hpaAlone.replicas = syncAggregateOverSlot(memory, alone, usage, replicas, at, STEP_SECONDS)
}
