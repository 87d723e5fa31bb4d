import { average, cpu, type EngineCase, hits, perPod, queue, rps, whole } from './engine-case.ts'

/** Every pod the same, one number a step; the last one stays. */
const same =
  (...levels: number[]) =>
  (step: number) =>
  (): number =>
    levels[Math.min(step, levels.length - 1)] ?? 0

/** The same for a metric of the whole workload. */
const of =
  (...levels: number[]) =>
  (step: number): number =>
    levels[Math.min(step, levels.length - 1)] ?? 0

const SOON = { scaleDown: { stabilizationWindowSeconds: 20 } }
const policy = (type: 'Pods' | 'Percent', value: number, periodSeconds: number) => {
  return { type, value, periodSeconds }
}

/** Metrics of pods: utilization, averages, one container, and pods that do not count. */
const OF_PODS: EngineCase[] = [
  {
    ...{ name: 'on-target', replicas: 3, metrics: cpu(50) },
    served: (step) => ({ cpu: same(50, 54, 55, 46, 45, 50)(step) }),
  },
  {
    ...{ name: 'up', replicas: 3, metrics: cpu(50) },
    served: (step) => ({ cpu: same(50, 56, 83)(step) }),
  },
  {
    ...{ name: 'down', replicas: 6, metrics: cpu(50), behavior: SOON },
    served: (step) => ({ cpu: same(50, 30, 30, 44)(step) }),
  },
  {
    ...{ name: 'down-held', replicas: 6, metrics: cpu(50) },
    served: (step) => ({ cpu: same(50, 20)(step) }),
  },
  {
    ...{ name: 'up-fast', replicas: 2, maxReplicas: 14, metrics: cpu(10) },
    served: (step) => ({ cpu: same(10, 95)(step) }),
  },
  {
    ...{ name: 'too-many', replicas: 3, maxReplicas: 5, metrics: cpu(50) },
    served: (step) => ({ cpu: same(50, 100)(step) }),
  },
  {
    ...{ name: 'too-few', replicas: 4, minReplicas: 3, metrics: cpu(50), behavior: SOON },
    served: (step) => ({ cpu: same(50, 5)(step) }),
  },
  {
    ...{ name: 'cpu-average', replicas: 3, metrics: perPod('Resource', 'cpu', '40m') },
    served: (step) => ({ cpu: same(40, 77)(step) }),
  },
  {
    ...{ name: 'memory-average', replicas: 3, metrics: perPod('Resource', 'memory', '64Mi') },
    served: (step) => ({ memory: same(64, 90)(step) }),
  },
  {
    ...{ name: 'container', replicas: 3 },
    metrics: [
      {
        type: 'ContainerResource',
        containerResource: {
          ...{ name: 'cpu', container: 'app' },
          target: { type: 'Utilization', averageUtilization: 50 },
        },
      },
    ],
    served: (step) => ({ cpu: same(50, 90)(step) }),
  },
  {
    ...{ name: 'one-missing-up', replicas: 4, metrics: cpu(50) },
    served: (step) => ({ cpu: (pod) => (pod === 1 ? null : of(50, 90)(step)) }),
  },
  {
    ...{ name: 'one-missing-down', replicas: 5, metrics: cpu(50), behavior: SOON },
    served: (step) => ({ cpu: (pod) => (pod === 1 ? null : of(50, 10)(step)) }),
  },
  {
    ...{ name: 'all-missing', replicas: 3, metrics: cpu(50) },
    served: (step) => ({ cpu: () => (step < 2 ? 80 : null) }),
  },
  {
    ...{ name: 'no-request', replicas: 3, cpuRequestMillis: null, metrics: cpu(50) },
    served: () => ({ cpu: () => 80 }),
  },
  {
    ...{ name: 'one-unready', replicas: 4, metrics: cpu(50) },
    served: (step) => ({ cpu: same(50, 50, 50, 70, 90)(step) }),
    acts: { 2: { kind: 'unready' } },
  },
  {
    ...{ name: 'one-failed', replicas: 4, metrics: cpu(50) },
    served: (step) => ({ cpu: same(50, 50, 50, 80)(step) }),
    acts: { 2: { kind: 'fail' } },
  },
  {
    ...{ name: 'some-pending', replicas: 8, startUpSeconds: [5, 150], metrics: cpu(50) },
    served: (step) => ({ cpu: same(50, 80)(step) }),
  },
  {
    ...{ name: 'pods-metric', replicas: 3, metrics: rps('pods-metric', '100') },
    served: (step) => ({ rps: same(100_000, 109_900, 150_000)(step) }),
  },
  {
    ...{ name: 'pods-metric-missing', replicas: 4, behavior: SOON },
    metrics: rps('pods-metric-missing', '100'),
    served: (step) => ({ rps: (pod) => (pod === 0 ? null : 1000 * of(100, 40, 160)(step)) }),
  },
  {
    ...{ name: 'pods-metric-fails', replicas: 3, metrics: rps('pods-metric-fails', '100') },
    served: (step) => (step % 2 === 0 ? { rps: same(150_000)(step) } : {}),
  },
]

/** Metrics of the whole workload, and several metrics at once. */
const OF_WORKLOADS: EngineCase[] = [
  {
    ...{ name: 'object-value', replicas: 3, metrics: hits('object-value', whole('1k')) },
    served: (step) => ({ hits: 1000 * of(1000, 1090, 2000)(step) }),
  },
  {
    ...{ name: 'object-average', replicas: 3, metrics: hits('object-average', average('100')) },
    served: (step) => ({ hits: 1000 * of(300, 329, 555)(step) }),
  },
  {
    ...{ name: 'external-value', replicas: 3, metrics: queue('external-value', whole('10')) },
    served: (step) => ({ queue: [1000 * of(10, 14, 11)(step)] }),
  },
  {
    ...{ name: 'external-average', replicas: 3, behavior: SOON },
    metrics: queue('external-average', average('500m')),
    served: (step) => ({ queue: [of(1500, 3700, 3700, 900)(step)] }),
  },
  {
    ...{ name: 'external-several', replicas: 2, metrics: queue('external-several', average('1')) },
    served: (step) => ({ queue: [1000, of(1000, 3500)(step), 250] }),
  },
  {
    ...{ name: 'external-none', replicas: 3, metrics: queue('external-none', average('1')) },
    served: (step) => ({ queue: step < 2 ? [3000] : [] }),
  },
  {
    ...{ name: 'external-fails', replicas: 3, metrics: queue('external-fails', average('1')) },
    served: (step) => (step === 2 || step === 3 ? {} : { queue: [of(3000, 5000)(step)] }),
  },
  {
    ...{ name: 'two-largest', replicas: 3 },
    metrics: [...cpu(50), ...queue('two-largest', average('1'))],
    served: (step) => ({ cpu: same(50, 80)(step), queue: [of(3000, 2000, 7000)(step)] }),
  },
  {
    ...{ name: 'two-one-fails-up', replicas: 3 },
    metrics: [...hits('two-one-fails-up', whole('10')), ...queue('two-one-fails-up', average('1'))],
    served: (step) => ({ queue: [of(3000, 3000, 6000)(step)] }),
  },
  {
    ...{ name: 'two-one-fails-down', replicas: 4, behavior: SOON },
    metrics: [...queue('two-one-fails-down', average('1')), ...rps('two-one-fails-down', '1')],
    served: (step) => ({ queue: [of(4000, 1000)(step)] }),
  },
  {
    ...{ name: 'no-metric-named', replicas: 2, metrics: [] },
    served: (step) => ({ cpu: same(80, 130)(step) }),
  },
]

/** Policies, windows, tolerances. */
const OF_BEHAVIOR: EngineCase[] = [
  {
    ...{ name: 'pods-policy-up', replicas: 2, metrics: queue('pods-policy-up', average('1')) },
    behavior: { scaleUp: { policies: [policy('Pods', 2, 50)] } },
    served: (step) => ({ queue: [of(2000, 12_000)(step)] }),
  },
  {
    ...{ name: 'percent-policy-up', replicas: 3 },
    metrics: queue('percent-policy-up', average('1')),
    behavior: { scaleUp: { policies: [policy('Percent', 40, 40)] } },
    served: (step) => ({ queue: [of(3000, 14_000)(step)] }),
  },
  {
    ...{ name: 'min-policy', replicas: 4, metrics: queue('min-policy', average('1')) },
    behavior: {
      scaleUp: {
        selectPolicy: 'Min',
        policies: [policy('Percent', 100, 20), policy('Pods', 1, 20)],
      },
    },
    served: (step) => ({ queue: [of(4000, 12_000)(step)] }),
  },
  {
    ...{ name: 'pods-policy-down', replicas: 9, metrics: queue('pods-policy-down', average('1')) },
    behavior: { scaleDown: { ...SOON.scaleDown, policies: [policy('Pods', 2, 40)] } },
    served: (step) => ({ queue: [of(9000, 2000)(step)] }),
  },
  {
    ...{ name: 'down-disabled', replicas: 5, metrics: queue('down-disabled', average('1')) },
    behavior: { scaleDown: { ...SOON.scaleDown, selectPolicy: 'Disabled' } },
    served: (step) => ({ queue: [of(5000, 1000, 1000, 6000)(step)] }),
  },
  {
    ...{ name: 'up-window', replicas: 3, metrics: queue('up-window', average('1')) },
    behavior: { scaleUp: { stabilizationWindowSeconds: 55 } },
    served: (step) => ({ queue: [of(3000, 5000, 8000)(step)] }),
  },
  {
    ...{ name: 'up-and-down', replicas: 4, metrics: queue('up-and-down', average('1')) },
    behavior: {
      scaleUp: { policies: [policy('Pods', 3, 50)] },
      scaleDown: { ...SOON.scaleDown, policies: [policy('Percent', 25, 50)] },
    },
    served: (step) => ({ queue: [of(4000, 11_000, 2000, 9000, 1000)(step)] }),
  },
  {
    ...{ name: 'own-tolerance', replicas: 10, metrics: queue('own-tolerance', average('1')) },
    behavior: { scaleUp: { tolerance: '0.3' }, scaleDown: { ...SOON.scaleDown, tolerance: '0' } },
    served: (step) => ({ queue: [of(10_000, 12_900, 13_100, 12_900)(step)] }),
  },
]

/** What people do around an HPA, and what is not as it should be. */
const OF_PEOPLE: EngineCase[] = [
  {
    ...{ name: 'min-raised-in-outage', replicas: 3 },
    metrics: queue('min-raised-in-outage', average('1')),
    served: (step) => (step === 0 ? { queue: [3000] } : {}),
    acts: { 2: { kind: 'patchHpa', spec: { minReplicas: 5 } } },
  },
  {
    ...{ name: 'max-lowered', replicas: 6, metrics: queue('max-lowered', average('1')) },
    behavior: SOON,
    served: () => ({ queue: [6000] }),
    acts: { 2: { kind: 'patchHpa', spec: { maxReplicas: 4 } } },
  },
  {
    ...{ name: 'target-moved', replicas: 3, metrics: queue('target-moved', average('1')) },
    served: () => ({ queue: [3000] }),
    acts: {
      2: { kind: 'patchHpa', spec: { metrics: queue('target-moved', average('500m')) } },
    },
  },
  {
    ...{ name: 'off-and-on', replicas: 3, metrics: queue('off-and-on', average('1')) },
    served: () => ({ queue: [3000] }),
    acts: { 1: { kind: 'scale', replicas: 0 }, 3: { kind: 'scale', replicas: 1 } },
  },
  {
    ...{ name: 'scaled-by-hand', replicas: 3, metrics: queue('scaled-by-hand', average('1')) },
    served: () => ({ queue: [3000] }),
    acts: { 2: { kind: 'scale', replicas: 7 } },
  },
  {
    ...{
      name: 'born-above',
      replicas: 7,
      maxReplicas: 4,
      metrics: queue('born-above', average('1')),
    },
    served: () => ({ queue: [3000] }),
  },
  {
    ...{
      name: 'born-below',
      replicas: 1,
      minReplicas: 3,
      metrics: queue('born-below', average('1')),
    },
    served: (step) => ({ queue: [of(3000, 4000)(step)] }),
  },
  {
    ...{ name: 'twins', replicas: 3, twin: true, metrics: queue('twins', average('1')) },
    served: () => ({ queue: [9000] }),
  },
  {
    ...{
      name: 'no-target',
      replicas: 1,
      target: 'nobody',
      metrics: queue('no-target', average('1')),
    },
    served: () => ({ queue: [9000] }),
  },
]

export const CASES: readonly EngineCase[] = [
  ...OF_PODS,
  ...OF_WORKLOADS,
  ...OF_BEHAVIOR,
  ...OF_PEOPLE,
]
