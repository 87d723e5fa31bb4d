import { type Actuation, actuate } from '../actuation/actuation.ts'
import { becomeReady, existingPods, type Pods, scaleTo, startPods } from '../actuation/pods.ts'
import { type Course, createCourse } from '../decide/course.ts'
import { type AggregateMemory, createAggregateMemory } from '../reactive/hpa/aggregate-sync.ts'
import { count, createTally, type Tally } from './tally.ts'

/** A plan followed on the workload's own demand, with pods that exist nowhere else. */
export interface VirtualRun {
  course: Course
  /** Whether the decision that stands trusts the forecast. */
  trusted: boolean
  /** Null until the first decision. */
  pods: Pods | null
  hpa: AggregateMemory
  tally: Tally
  /** First slot that is tallied: a lead after the first decision, when what it began with no longer shows. */
  talliedFromStep: number
}

/** What the pods of every virtual run have in common. */
export interface VirtualWorld {
  actuation: Actuation
  capacityPerReplica: number
  leadSteps: number
  stepSeconds: number
  stepsPerDay: number
}

export function createVirtualRun(holdSteps: number): VirtualRun {
  return {
    course: createCourse(holdSteps),
    trusted: false,
    pods: null,
    hpa: createAggregateMemory(),
    tally: createTally(),
    talliedFromStep: Infinity,
  }
}

/** A slot that closed: its demand, and what the one who writes replicas saw before. */
export interface ClosedSlot {
  step: number
  /** NaN when nothing is known of it. */
  value: number
  /** Demand of the slot before. */
  valueBefore: number
  maxReplicas: number
}

/** The decision that stood for the slot is carried out, and what came of it counted. */
export function liveSlot(run: VirtualRun, world: VirtualWorld, slot: ClosedSlot): void {
  const { standing } = run.course
  if (standing === null) return
  if (run.pods === null) {
    run.pods = startPods(standing)
    run.talliedFromStep = slot.step + world.leadSteps
  }
  const { pods } = run
  becomeReady(pods, slot.step)
  const replicas = actuate(
    world.actuation,
    run.hpa,
    { replicas: standing, trusted: run.trusted },
    {
      newestSample: slot.valueBefore,
      existing: existingPods(pods),
      capacityPerReplica: world.capacityPerReplica,
      maxReplicas: slot.maxReplicas,
      slotStartSeconds: slot.step * world.stepSeconds,
      stepSeconds: world.stepSeconds,
    },
  )
  scaleTo(pods, replicas, slot.step, () => world.leadSteps)
  if (Number.isNaN(slot.value) || slot.step < run.talliedFromStep) return
  const short = slot.value > pods.ready * world.capacityPerReplica * (1 + 1e-9)
  count(run.tally, short, existingPods(pods), world.stepsPerDay)
}
