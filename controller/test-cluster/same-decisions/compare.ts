import { type Actuation, actuate } from '../../../forecaster/actuation/actuation.ts'
import { createAggregateMemory } from '../../../forecaster/reactive/hpa/aggregate-sync.ts'
import type { LapsedStep } from './lapse.ts'

/** One row of `foresail backtest --decisions`. */
export interface BacktestRow {
  /** Absolute step of the slot. */
  step: number
  desired: number
}

export interface Beneath {
  actuation: Extract<Actuation, { kind: 'hpa' }>
  capacityPerReplica: number
  maxReplicas: number
  stepSeconds: number
  /** Demand in a slot by its absolute step; NaN in gaps. */
  demandIn: (step: number) => number
  /** Slots without a sample, both included; null without a gap. */
  gap: { fromStep: number; lastStep: number } | null
}

export interface Compared {
  equal: number
  /** By cause: how many steps, all of them explained. */
  explained: Map<string, number>
  unexplained: string[]
}

/**
 * The HPA's own memory: what it recommended before the controller's first decision is not in the recording
 * of what the controller wrote.
 */
const STABILIZED = 'HpaMemory: the HPA still holds what it recommended before the controller began'

/**
 * That a sample is missing, and not only late, the controller knows when a later one is there; a recording says
 * so at once.
 */
const LATE = 'LateSample: a missing sample is known as missing later than in a recording'

/**
 * What the controller wrote, carried out by the HPA that the backtest has beneath it, against what the
 * backtest ran: step by step. Both begin with the replicas of the slot before the first decision.
 */
export function compare(
  rows: readonly BacktestRow[],
  written: readonly LapsedStep[],
  beneath: Beneath,
): Compared {
  const { actuation, stepSeconds, demandIn, gap } = beneath
  const byStep = new Map(rows.map(({ step, desired }) => [step, desired]))
  const compared: Compared = { equal: 0, explained: new Map(), unexplained: [] }
  const memory = createAggregateMemory()
  const first = written[0]?.step ?? 0
  const stabilizedSteps = 1 + Math.ceil(actuation.stabilizationSeconds / stepSeconds)
  const stabilized = first + stabilizedSteps
  let existing = byStep.get(first - 1) ?? NaN
  for (const { step, minReplicas, targetPercent } of written) {
    const trusted = targetPercent === actuation.guardPercent
    existing = actuate(
      actuation,
      memory,
      { replicas: minReplicas, trusted },
      {
        ...{ existing, stepSeconds, newestSample: demandIn(step - 1) },
        capacityPerReplica: beneath.capacityPerReplica,
        maxReplicas: beneath.maxReplicas,
        slotStartSeconds: step * stepSeconds,
      },
    )
    const desired = byStep.get(step)
    if (desired === existing) compared.equal++
    else if (step < stabilized) countIn(compared.explained, STABILIZED)
    else if (gap !== null && step > gap.fromStep && step <= gap.lastStep + stabilizedSteps)
      countIn(compared.explained, LATE)
    else
      compared.unexplained.push(
        `slot ${new Date(step * stepSeconds * 1000).toISOString()}: backtest ${desired ?? 'none'}, ` +
          `controller ${existing} (floor ${minReplicas}, target ${targetPercent} %)`,
      )
  }
  return compared
}

function countIn(counts: Map<string, number>, cause: string): void {
  counts.set(cause, (counts.get(cause) ?? 0) + 1)
}
