import { z } from 'zod'

import { demandSchema } from './demand.ts'
import { riskSchema } from './risk.ts'
import { objectName, wholeNumber, withRule } from './schema-node.ts'

/** More pods than the largest cluster Kubernetes is tested for: surely a slip of the keyboard. */
const MOST_REPLICAS = 150_000

const scaleTargetRef = z
  .strictObject({
    apiVersion: z.enum(['apps/v1']).default('apps/v1').describe('API version of the workload.'),
    kind: z.enum(['Deployment', 'StatefulSet']).describe('Kind of the workload.'),
    name: objectName().describe('Name of the workload, in the namespace of this object.'),
  })
  .describe('The workload that is scaled.')

const actuator = withRule(
  z.strictObject({
    type: z
      .enum(['HorizontalPodAutoscaler'])
      .default('HorizontalPodAutoscaler')
      .describe('Where the floor is written. HorizontalPodAutoscaler: its minReplicas.'),
    name: objectName().describe(
      'Name of the HPA to adopt, in the namespace of this object. It must scale the same workload.',
    ),
  }),
  {
    // Another name would leave the HPA before it raised, with nobody to give it back.
    cel: 'self == oldSelf',
    // Only the API server knows what stood before.
    holds: () => true,
    message: 'cannot be changed; delete the object, which gives its HPA back, and create it anew',
  },
).describe('What Foresail moves, once the mode lets it. It cannot be changed.')

const prediction = z
  .strictObject({
    historyDays: wholeNumber(7, 28)
      .default(7)
      .describe(
        'Days of Prometheus history that are lived through at the start; fits use the newest seven.',
      ),
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

const guard = z
  .strictObject({
    metric: z.enum(['cpu', 'memory']).describe('The HPA resource metric whose target is moved.'),
    averageUtilization: wholeNumber(1, 1000).describe(
      "Target, in per cent of the pods' request, while Foresail is sure. Never below the HPA's own.",
    ),
  })
  .describe('Mode Auto only: the one target of the HPA that is raised while Foresail is sure.')

const reactive = z
  .strictObject({ guard: guard.optional() })
  .prefault({})
  .describe('The HPA beneath, which reacts to what was not foreseen.')

const behavior = z
  .strictObject({
    scaleDown: z
      .strictObject({
        stabilizationWindowSeconds: wholeNumber(0, 3600)
          .default(300)
          .describe("Seconds for which the floor's maximum is held before it falls."),
      })
      .prefault({})
      .describe('How the floor falls.'),
  })
  .prefault({})
  .describe("How the floor moves, in the HPA's words.")

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

export const specSchema = withRule(
  z.strictObject({
    scaleTargetRef,
    minReplicas: wholeNumber(1, MOST_REPLICAS)
      .default(1)
      .describe('The floor is never below this many replicas.'),
    maxReplicas: wholeNumber(1, MOST_REPLICAS).describe(
      'The floor is never above this many replicas.',
    ),
    mode: z
      .enum(['Observe', 'ScaleUpOnly', 'Auto'])
      .default('Observe')
      .describe(
        "Observe: never writes. ScaleUpOnly: only raises the HPA's floor. " +
          "Auto: also raises the target of the HPA's guard metric while it is sure.",
      ),
    actuator,
    demand: demandSchema,
    prediction,
    leadTime,
    reactive,
    behavior,
    fallback,
  }),
  {
    cel: 'self.minReplicas <= self.maxReplicas',
    holds: (spec) => spec.minReplicas <= spec.maxReplicas,
    message: 'must not be more than maxReplicas',
    field: 'minReplicas',
  },
).describe('What is asked of Foresail.')

export type PredictiveScalerSpec = z.output<typeof specSchema>
