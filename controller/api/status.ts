import { z } from 'zod'

import { conditionsSchema } from './conditions.ts'
import { listByKey } from './schema-node.ts'

const replicas = () => z.int32().min(0)
const seconds = () => z.int32().min(0)
const time = () => z.iso.datetime({ offset: true })
const percent = () => z.string().max(16)

const next = z
  .object({
    replicas: replicas().describe('The floor after the change.'),
    at: time().describe('When the change is due.'),
  })
  .describe('The next change of the floor in the plan.')

const leadTime = z
  .object({
    seconds: seconds().describe('The lead time in force.'),
    p50Seconds: seconds().optional().describe('Median of the start-ups seen.'),
    p90Seconds: seconds()
      .optional()
      .describe('90th percentile of the start-ups seen; while they are few, the lead is longer.'),
    schedulingSeconds: seconds().optional().describe('Median until a pod found its node.'),
    imageSeconds: seconds()
      .optional()
      .describe('Median from there until its containers ran: sandbox, images, init containers.'),
    applicationSeconds: seconds().optional().describe('Median from there until it was Ready.'),
    youngNodeSeconds: seconds()
      .optional()
      .describe(
        'Median of the start-ups on nodes younger than ten minutes. They stand apart: the lead is learned from them only while most new pods land on such nodes.',
      ),
    youngNodeSamples: z.int32().min(0).optional().describe('How many of those were seen.'),
    samples: z
      .int32()
      .min(0)
      .describe('Start-ups that the lead was learned from: at most the newest 100.'),
    source: z
      .enum(['Initial', 'Prior', 'Learned', 'Starting'])
      .describe(
        'Initial: spec.leadTime.initialSeconds, no pod was seen to start. Prior: fewer than ten pods, so initialSeconds weighs in. Learned: from the pods. Starting: a pod is starting that has taken longer already.',
      ),
  })
  .describe('How far ahead is planned, and from what.')

const coverage = z
  .object({
    asked: percent().describe('Share of time asked for, such as "99.5%".'),
    achieved: percent().describe('Share of time in which demand stayed within the forecast.'),
  })
  .describe('How often demand stayed within what was planned for.')

const lastDecision = z
  .object({
    replicas: replicas().describe('The floor decided on; in Observe it is not written.'),
    at: time().describe('When.'),
    reasons: z.array(z.string().max(256)).max(16).describe('Why, the most telling first.'),
  })
  .describe('The decision in force.')

const highestLoad = z.object({
  signal: z.string().max(63).describe('Name of the signal in spec.demand.'),
  value: z.string().max(40).describe('In the unit of the signal, as a quantity.'),
  capacity: z.string().max(40).describe('What spec.demand says that one replica can carry.'),
  at: time().describe('When.'),
})

const plan = z
  .object({
    configMap: z.string().max(253).describe('Where it lies, in the namespace of the scaler.'),
    expiresAt: time().describe('Until when it is acted on where the metrics source fails.'),
  })
  .describe('The plan for the next day, kept so that scaling goes on without data.')

const columns = z
  .object({
    target: z.string().max(320).optional().describe('Kind and name of the workload.'),
    at: z.string().max(16).optional().describe('Time of day (UTC) of the next change.'),
    lead: z.string().max(16).optional().describe('The lead time.'),
  })
  .describe('Texts for kubectl get, which can print no more than one field in a column.')

export const statusSchema = z
  .object({
    observedGeneration: z.int().min(0).optional().describe('Generation of the spec last acted on.'),
    conditions: conditionsSchema.optional(),
    floor: replicas()
      .optional()
      .describe("The HPA's minReplicas as Foresail wrote it; absent in Observe."),
    readyReplicas: replicas().optional().describe('Pods that are Ready; absent while unknown.'),
    next: next.optional(),
    plan: plan.optional(),
    leadTime: leadTime.optional(),
    model: z.string().max(63).optional().describe('The forecaster in use.'),
    coverage: coverage.optional(),
    lastDecision: lastDecision.optional(),
    highestLoadPerReplica: listByKey(highestLoad, 'signal', 8)
      .optional()
      .describe(
        'The highest load seen per Ready pod, by signal. Well above the capacity: that is stated too low, or pods were overloaded and nobody felt it.',
      ),
    columns: columns.optional(),
  })
  .describe('What Foresail sees and does. Absent means unknown, never zero.')

export type PredictiveScalerStatus = z.output<typeof statusSchema>
