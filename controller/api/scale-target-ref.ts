import { z } from 'zod'

import { objectName, withRule } from './schema-node.ts'

const apiVersion = withRule(z.string().min(1).max(253), {
  cel: "self.matches('^([a-z0-9]([-.a-z0-9]*[a-z0-9])?/)?v[0-9]+([a-z]+[0-9]+)?$')",
  holds: (text) => /^([a-z0-9]([-.a-z0-9]*[a-z0-9])?\/)?v\d+([a-z]+\d+)?$/.test(text),
  message: 'must be an API group and version, such as apps/v1',
})

const kind = withRule(z.string().min(1).max(63), {
  cel: "self.matches('^[A-Z][A-Za-z0-9]*$')",
  holds: (text) => /^[A-Z][A-Za-z0-9]*$/.test(text),
  message: 'must be a kind, such as Deployment',
})

const anything = z.strictObject({
  apiVersion: apiVersion.default('apps/v1').describe('API version of the workload.'),
  kind: kind.describe(
    'Kind of the workload: a Deployment, a StatefulSet, or anything with a scale subresource.',
  ),
  name: objectName().describe('Name of the workload, in the namespace of this object.'),
})

export const scaleTargetRefSchema = withRule(anything, {
  cel: "self.apiVersion != 'apps/v1' || self.kind in ['Deployment', 'StatefulSet', 'ReplicaSet']",
  holds: ({ apiVersion: version, kind: asked }) =>
    version !== 'apps/v1' || ['Deployment', 'StatefulSet', 'ReplicaSet'].includes(asked),
  message: 'must be Deployment, StatefulSet or ReplicaSet: nothing else in apps/v1 can be scaled',
  field: 'kind',
}).describe('The workload that is scaled: anything with a scale subresource.')

export type ScaleTargetRef = z.output<typeof scaleTargetRefSchema>
