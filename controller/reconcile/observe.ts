import { type DemandSignal, statedCapacity } from '../api/demand.ts'
import type { PredictiveScalerSpec } from '../api/spec.ts'
import { readFormula } from '../signals/read-formula.ts'
import {
  readQuery,
  type SignalProblem,
  type StepSpan,
  unknownSlots,
} from '../signals/read-query.ts'
import { readResource } from '../signals/read-resource.ts'
import type { SignalReading } from '../signals/signal-reading.ts'
import { type CombinedDemand, combineSignals } from './combine-signals.ts'
import type { MetricsSource, UsageNow } from './ports.ts'

export type { SignalProblem } from '../signals/read-query.ts'

export interface Observed {
  demand: CombinedDemand
  signals: readonly SignalReading[]
  problems: SignalProblem[]
}

export interface ObserveInput {
  namespace: string
  spec: PredictiveScalerSpec
  usageNow?: UsageNow | undefined
}

/** Reads every demand signal over the span. A signal that fails is absent, and said so. */
export async function observe(
  sources: ReadonlyMap<string, MetricsSource>,
  around: ObserveInput,
  span: StepSpan,
  abort: AbortSignal,
): Promise<Observed> {
  const signals = await Promise.all(
    around.spec.demand.map((demand) => read(sources, demand, around, span, abort)),
  )
  return {
    demand: combineSignals(signals),
    signals,
    problems: signals.flatMap(({ problems }) => problems),
  }
}

async function read(
  sources: ReadonlyMap<string, MetricsSource>,
  demand: DemandSignal,
  { namespace, spec, usageNow }: ObserveInput,
  span: StepSpan,
  abort: AbortSignal,
): Promise<SignalReading> {
  const { name, prometheus, resource, formula, capacity } = demand
  const stated = statedCapacity(demand)
  const capacityPerReplica = stated ?? NaN
  if (formula !== undefined) {
    return await readFormula(sources, { name, formula, capacityPerReplica }, span, abort)
  }
  if (resource !== undefined) {
    const input = {
      ...{ name, resource, namespace, statedCapacity: stated, target: spec.scaleTargetRef },
      utilizationPercent: capacity.averageUtilization,
      usageNow,
    }
    return await readResource(sources, input, span, abort)
  }
  // The schema asks for exactly one of the three.
  const query = prometheus ?? { source: '', query: '' }
  const { values, partial, problem } = await readQuery(sources, query, span, name, abort)
  return {
    ...{ name, values, capacityPerReplica },
    lowerBound: unknownSlots(span).fill(partial ? 1 : 0),
    problems: problem === null ? [] : [problem],
  }
}
