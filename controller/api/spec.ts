import { z } from 'zod'

import { actuatorSchema } from './actuator.ts'
import { behaviorSchema } from './behavior.ts'
import { boundsSchema } from './bounds.ts'
import { demandSchema } from './demand.ts'
import { eventsSchema } from './events.ts'
import { reactiveSchema } from './reactive.ts'
import { riskSchema } from './risk.ts'
import { scaleTargetRefSchema } from './scale-target-ref.ts'
import { wholeNumber, withRule } from './schema-node.ts'
import { timeZone } from './time-zone.ts'

/** More pods than the largest cluster Kubernetes is tested for: surely a slip of the keyboard. */
const MOST_REPLICAS = 150_000

const replicas = () => wholeNumber(1, MOST_REPLICAS)

const prediction = z
  .strictObject({
    historyDays: wholeNumber(7, 28)
      .default(7)
      .describe(
        'Days of Prometheus history that are lived through at the start; fits use the newest seven.',
      ),
    timeZone: timeZone()
      .default('UTC')
      .describe('Whose midnight the rhythm of the day follows, also after the clocks change.'),
    risk: riskSchema,
  })
  .prefault({})
  .describe('How demand is forecast, and how much is planned on top.')

const leadTime = withRule(
  z.strictObject({
    percentile: wholeNumber(50, 99)
      .default(90)
      .describe('Percentile of the start-up times by which pods are to be Ready.'),
    initialSeconds: wholeNumber(1, 3600)
      .default(60)
      .describe(
        'Start-up time in seconds before any pod was seen; the median expected while fewer than ten were.',
      ),
    maxSeconds: wholeNumber(1, 3600)
      .default(900)
      .describe('Upper bound of the lead time in seconds, whatever was learned.'),
  }),
  {
    cel: 'self.initialSeconds <= self.maxSeconds',
    holds: (lead) => lead.initialSeconds <= lead.maxSeconds,
    message: 'must not be more than maxSeconds',
    field: 'initialSeconds',
  },
)
  .prefault({})
  .describe('How far ahead is planned. It is learned from the pods; these only bound it.')

const fallback = z
  .strictObject({
    afterSeconds: wholeNumber(60, 3600)
      .default(180)
      .describe(
        'Age in seconds of the newest sample from which on the metrics source counts as failed.',
      ),
    behavior: z
      .enum(['HoldHighest'])
      .default('HoldHighest')
      .describe('HoldHighest: the floor is the larger of the last floor and the plan.'),
  })
  .prefault({})
  .describe('What happens while the metrics source fails.')

const fields = z.strictObject({
  scaleTargetRef: scaleTargetRefSchema,
  minReplicas: replicas().default(1).describe('The floor is never below this many replicas.'),
  maxReplicas: replicas().describe(
    'The floor is never above this many replicas, but in a window of bounds that says so.',
  ),
  mode: z
    .enum(['Observe', 'ScaleUpOnly', 'Auto'])
    .default('Observe')
    .describe(
      "Observe: never writes. ScaleUpOnly: only raises the HPA's floor. " +
        "Auto: also raises the target of the HPA's guard metric while it is sure.",
    ),
  actuator: actuatorSchema,
  demand: demandSchema,
  prediction,
  leadTime,
  reactive: reactiveSchema,
  behavior: behaviorSchema,
  bounds: boundsSchema(replicas).default([]),
  events: eventsSchema.default([]),
  fallback,
})

const ordered = withRule(fields, {
  cel: 'self.minReplicas <= self.maxReplicas',
  holds: (spec) => spec.minReplicas <= spec.maxReplicas,
  message: 'must not be more than maxReplicas',
  field: 'minReplicas',
})

const reacting = withRule(ordered, {
  cel:
    "self.actuator.type != 'HorizontalPodAutoscaler' || has(self.actuator.name) || " +
    'size(self.reactive.metrics) > 0 || self.demand.exists(signal, has(signal.resource))',
  holds: ({ actuator, reactive, demand }) =>
    actuator.type !== 'HorizontalPodAutoscaler' ||
    actuator.name !== undefined ||
    reactive.metrics.length > 0 ||
    demand.some(({ resource }) => resource !== undefined),
  message:
    'must name the HPA to adopt, or say in reactive.metrics (or by a resource in demand) what an HPA that is created reacts to',
  field: 'actuator',
})

export const specSchema = withRule(reacting, {
  cel: "self.actuator.type == 'HorizontalPodAutoscaler' || !has(self.reactive.guard)",
  holds: ({ actuator, reactive }) =>
    actuator.type === 'HorizontalPodAutoscaler' || reactive.guard === undefined,
  message: 'must not have a guard: only an HPA has a target to move',
  field: 'reactive',
}).describe('What is asked of Foresail.')

export type PredictiveScalerSpec = z.output<typeof specSchema>
