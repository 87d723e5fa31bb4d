import { z } from 'zod'

import { objectName, withRule } from './schema-node.ts'

const typed = z.strictObject({
  type: z
    .enum(['HorizontalPodAutoscaler', 'ScaledObject', 'Scale'])
    .default('HorizontalPodAutoscaler')
    .describe(
      'What is written. HorizontalPodAutoscaler: its minReplicas. ScaledObject: minReplicaCount of a ScaledObject of KEDA. ' +
        'Scale: the replicas of the workload itself, with no HPA beneath; Foresail reacts in its place.',
    ),
  name: objectName()
    .optional()
    .describe(
      'Name of the HPA to adopt, or of the ScaledObject, in the namespace of this object; it must scale the same workload. ' +
        'Without it an HPA named after this object is created and owned.',
    ),
})

const named = withRule(typed, {
  cel: "self.type != 'ScaledObject' || has(self.name)",
  holds: ({ type, name }) => type !== 'ScaledObject' || name !== undefined,
  message: 'is required: the ScaledObject whose minReplicaCount is moved',
  field: 'name',
})

const unnamed = withRule(named, {
  cel: "self.type != 'Scale' || !has(self.name)",
  holds: ({ type, name }) => type !== 'Scale' || name === undefined,
  message: 'must not be set beside type Scale: spec.scaleTargetRef says what is scaled',
  field: 'name',
})

export const actuatorSchema = withRule(unnamed, {
  // Another one would leave the first as Foresail moved it, with nobody to give it back.
  cel: 'self == oldSelf',
  // Only the API server knows what stood before.
  holds: () => true,
  message:
    'cannot be changed; delete the object, which gives back what was moved, and create it anew',
})
  .prefault({})
  .describe('What Foresail moves, once the mode lets it. It cannot be changed.')
