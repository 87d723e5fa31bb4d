/** How long a pod takes from scheduled to Ready: annotations on the pod, Go durations ("45s"). */
export const START_UP_FROM = 'test.foresail.dev/start-up-from'
export const START_UP_TO = 'test.foresail.dev/start-up-to'

const annotation = (name: string): { expressionFrom: string } => ({
  expressionFrom: `.metadata.annotations["${name}"]`,
})

const CONDITIONS = ['PodReadyToStartContainers', 'Initialized', 'ContainersReady', 'Ready']

const condition = (type: string): string => `
- {type: ${type}, status: "True", lastTransitionTime: {{ $now | Quote }}}`

/**
 * Scheduled → Ready. kwok draws the delay uniformly between duration and jitterDuration, which is
 * the upper bound and not an addition. Whoever changes a waiting pod makes kwok draw anew: nobody
 * here does.
 */
const start = {
  apiVersion: 'kwok.x-k8s.io/v1alpha1',
  kind: 'Stage',
  metadata: { name: 'pod-start' },
  spec: {
    resourceRef: { apiGroup: 'v1', kind: 'Pod' },
    selector: {
      matchExpressions: [
        { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' },
        { key: '.status.podIP', operator: 'DoesNotExist' },
      ],
    },
    delay: {
      durationMilliseconds: 1000,
      durationFrom: annotation(START_UP_FROM),
      jitterDurationMilliseconds: 2000,
      jitterDurationFrom: annotation(START_UP_TO),
    },
    next: {
      // Merged by condition type: PodScheduled stays as the scheduler wrote it.
      statusTemplate: `{{ $now := Now }}
conditions:${CONDITIONS.map(condition).join('')}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: true
  started: true
  restartCount: 0
  state: {running: {startedAt: {{ $now | Quote }}}}
{{ end }}
{{ with NodeIPsWith .spec.nodeName }}
hostIP: {{ index . 0 | Quote }}
{{ end }}
{{ with PodIPsWith .spec.nodeName false .metadata.uid .metadata.name .metadata.namespace }}
podIP: {{ index . 0 | Quote }}
podIPs: [{ip: {{ index . 0 | Quote }}}]
{{ end }}
phase: Running
startTime: {{ $now | Quote }}
`,
    },
  },
}

/** A terminating pod goes at once. */
const remove = {
  apiVersion: 'kwok.x-k8s.io/v1alpha1',
  kind: 'Stage',
  metadata: { name: 'pod-remove' },
  spec: {
    resourceRef: { apiGroup: 'v1', kind: 'Pod' },
    selector: { matchExpressions: [{ key: '.metadata.deletionTimestamp', operator: 'Exists' }] },
    next: { delete: true },
  },
}

/** The file for kwok's --config: YAML documents, each of them JSON. */
export function podStages(): string {
  return [start, remove].map((stage) => JSON.stringify(stage)).join('\n---\n')
}
