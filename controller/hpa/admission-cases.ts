/** What the API server takes and refuses of an HPA: for the schema's tests, and for those on a real one. */

/** Has every type of metric and both halves of `behavior`. */
export const WHOLE_HPA = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 60
  metrics:
  - type: Resource
    resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}
  - type: ContainerResource
    containerResource: {name: memory, container: app, target: {type: AverageValue, averageValue: 64Mi}}
  - type: Pods
    pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: "250"}}
  - type: Object
    object:
      describedObject: {apiVersion: networking.k8s.io/v1, kind: Ingress, name: main}
      metric: {name: rps}
      target: {type: Value, value: 2k}
  - type: External
    external:
      metric: {name: queue, selector: {matchLabels: {team: b, queue: a}}}
      target: {type: AverageValue, averageValue: 500m}
  behavior:
    scaleDown: {stabilizationWindowSeconds: 60, policies: [{type: Pods, value: 2, periodSeconds: 30}]}
    scaleUp: {tolerance: 0.05}
`

/** A change of {@link WHOLE_HPA} that is refused. */
export interface RefusedHpa {
  is: string
  writes: string
  /** Line, field and the beginning of the message. */
  says: string
  /** The API server takes it, names another field, or does not know that autoscaling/v2 is meant. */
  oursAlone?: boolean
}

export const REFUSED: readonly RefusedHpa[] = [
  {
    is: 'maxReplicas: 60',
    writes: 'maxReplicas: 1',
    says: '7: spec.maxReplicas: must be greater than or equal to minReplicas, which is 2',
  },
  { is: '  maxReplicas: 60\n', writes: '', says: '4: spec.maxReplicas: is required' },
  {
    is: 'minReplicas: 2',
    writes: 'minReplicas: 0',
    says: '6: spec.minReplicas: must be at least 1',
  },
  { is: 'minReplicas: 2', writes: 'minReplicas: 1.5', says: '6: spec.minReplicas: ' },
  { is: 'maxReplicas: 60', writes: 'maxReplicas: 3000000000', says: '7: spec.maxReplicas: ' },
  {
    is: 'type: Resource\n',
    writes: 'type: Resources\n',
    says: '9: spec.metrics[0].type: must be one of Resource, ContainerResource, Pods, Object, External, not "Resources"; did you mean Resource?',
  },
  {
    is: 'averageUtilization: 60',
    writes: 'averageUtilization: 0',
    says: '10: spec.metrics[0].resource.target.averageUtilization: must be at least 1, not 0',
  },
  {
    is: 'averageUtilization: 60',
    writes: 'averageUtilization: 60, averageValue: 1',
    says: '10: spec.metrics[0].resource.target.averageValue: may not be set beside averageUtilization',
  },
  {
    is: ', averageUtilization: 60',
    writes: '',
    says: '10: spec.metrics[0].resource.target.averageUtilization: is required, or averageValue',
  },
  {
    is: 'averageUtilization: 60',
    writes: 'averageUtilisation: 60',
    says: '10: spec.metrics[0].resource.target.averageUtilisation: is no field of this API; did you mean averageUtilization?',
  },
  {
    is: 'averageValue: 500m',
    writes: 'averageValue: -500m',
    says: '23: spec.metrics[4].external.target.averageValue: must be positive',
  },
  {
    is: 'averageValue: 500m',
    writes: 'averageValue: 500 m',
    says: '23: spec.metrics[4].external.target.averageValue: must be a quantity such as "250", "1.5", "500m" or "2Ki", not "500 m"',
  },
  {
    is: 'averageValue: 500m',
    writes: 'averageValue: 12E',
    says: '23: spec.metrics[4].external.target.averageValue: is more than the HPA can compute with',
    oursAlone: true,
  },
  {
    is: '- type: Pods',
    writes: '- type: External',
    says: '13: spec.metrics[2].external: is required: a metric of type External is described there',
  },
  {
    is: '- type: Pods',
    writes: '- type: External',
    says: '14: spec.metrics[2].pods: must not be set: a metric of type External has external only',
    oursAlone: true,
  },
  {
    is: 'container: app',
    writes: 'container: App',
    says: '12: spec.metrics[1].containerResource.container: ',
  },
  {
    is: 'name: memory',
    writes: 'name: disk',
    says: '12: spec.metrics[1].containerResource.name: must be a resource',
  },
  {
    is: 'apiVersion: apps/v1',
    writes: 'apiVersion: v1',
    says: '5: spec.scaleTargetRef.apiVersion: must be the API group and version, such as apps/v1',
  },
  {
    is: 'kind: Ingress',
    writes: 'kind: a/b',
    says: '17: spec.metrics[3].object.describedObject.kind: ',
  },
  {
    is: 'stabilizationWindowSeconds: 60',
    writes: 'stabilizationWindowSeconds: 3601',
    says: '25: spec.behavior.scaleDown.stabilizationWindowSeconds: must be at most 3600, not 3601',
  },
  {
    is: '[{type: Pods, value: 2, periodSeconds: 30}]',
    writes: '[]',
    says: '25: spec.behavior.scaleDown.policies: must have at least 1 item',
  },
  {
    is: 'periodSeconds: 30',
    writes: 'periodSeconds: 1801',
    says: '25: spec.behavior.scaleDown.policies[0].periodSeconds: ',
  },
  {
    is: 'tolerance: 0.05',
    writes: 'tolerance: -0.05',
    says: '26: spec.behavior.scaleUp.tolerance: must be greater than or equal to 0',
  },
  { is: 'name: web, namespace', writes: 'name: We_b, namespace', says: '3: metadata.name: ' },
  {
    is: 'autoscaling/v2',
    writes: 'autoscaling/v1',
    says: '1: apiVersion: must be autoscaling/v2',
    oursAlone: true,
  },
]
