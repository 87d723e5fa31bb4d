import { describe, expect, it } from 'vitest'
import { REFUSED, WHOLE_HPA as WHOLE } from './admission-cases.ts'
import { type ReadHpa, readHpaManifest } from './read-manifest.ts'
import { toHpaSpec } from './to-hpa-spec.ts'

function problems(read: ReadHpa): string[] {
  if (read.ok) return []
  return read.problems.map(
    ({ file, line, path, message }) => `${file}:${line}: ${path}: ${message}`,
  )
}

function specOf(text: string) {
  const read = readHpaManifest(text, 'hpa.yaml')
  if (!read.ok) throw new Error(problems(read).join('\n'))
  return toHpaSpec(read.hpa)
}

describe('a manifest that is well', () => {
  it('is what the engine takes', () => {
    expect(specOf(WHOLE)).toEqual({
      ...{ namespace: 'shop', minReplicas: 2, maxReplicas: 60 },
      metrics: [
        {
          ...{ type: 'Resource', resource: 'cpu' },
          target: { type: 'Utilization', averageUtilizationPercent: 60 },
        },
        {
          ...{ type: 'ContainerResource', resource: 'memory', container: 'app' },
          target: { type: 'AverageValue', averageValue: 64 * 2 ** 20 * 1000 },
        },
        { type: 'Pods', metric: 'rps', target: { type: 'AverageValue', averageValue: 250_000 } },
        {
          ...{ type: 'Object', metric: 'rps', selectorText: null },
          describedObject: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'main' },
          target: { type: 'Value', value: 2_000_000 },
        },
        {
          ...{ type: 'External', metric: 'queue' },
          selectorText:
            '&LabelSelector{MatchLabels:map[string]string{queue: a,team: b,},MatchExpressions:[]LabelSelectorRequirement{},}',
          target: { type: 'AverageValue', averageValue: 500 },
        },
      ],
      behavior: {
        scaleUp: {
          ...{ stabilizationWindowSeconds: 0, selectPolicy: 'Max', tolerance: 0.05 },
          policies: [
            { type: 'Pods', value: 4, periodSeconds: 15 },
            { type: 'Percent', value: 100, periodSeconds: 15 },
          ],
        },
        scaleDown: {
          ...{ stabilizationWindowSeconds: 60, selectPolicy: 'Max', tolerance: null },
          policies: [{ type: 'Pods', value: 2, periodSeconds: 30 }],
        },
      },
    })
  })

  it('has what the API server fills in', () => {
    const least = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 3, behavior: null}
`
    expect(specOf(least)).toEqual({
      ...{ namespace: 'default', minReplicas: 1, maxReplicas: 3, behavior: null },
      metrics: [
        {
          ...{ type: 'Resource', resource: 'cpu' },
          target: { type: 'Utilization', averageUtilizationPercent: 80 },
        },
      ],
    })
    expect(
      specOf(least.replace('behavior: null', 'metrics: [], behavior: {}')).behavior,
    ).not.toBeNull()
  })

  it('is found among other objects', () => {
    expect(specOf(`kind: Deployment\n---\n${WHOLE}---\nkind: Service\n`).maxReplicas).toBe(60)
  })
})

describe('what the API server would refuse is refused, by line and field', () => {
  it.each(REFUSED)('$writes: $says', ({ is, writes, says }) => {
    const read = readHpaManifest(WHOLE.replace(is, writes), 'hpa.yaml')
    expect(read.ok).toBe(false)
    const told = problems(read)
    expect(
      told.some((line) => line.startsWith(`hpa.yaml:${says}`)),
      told.join('\n'),
    ).toBe(true)
  })

  it('a minimum of 0 is taken where the cluster has HPAScaleToZero, with a metric that can tell', () => {
    const zero = WHOLE.replace('minReplicas: 2', 'minReplicas: 0')
    expect(readHpaManifest(zero, 'hpa.yaml', 0).ok).toBe(true)
    const cpuAlone = zero.slice(0, zero.indexOf('  - type: ContainerResource'))
    expect(problems(readHpaManifest(cpuAlone, 'hpa.yaml', 0))).toEqual([
      'hpa.yaml:8: spec.metrics: must name at least one Object or External metric to scale to zero',
    ])
  })

  it.each([
    { text: 'kind: Deployment\n', says: 'hpa.yaml:1: : holds no HorizontalPodAutoscaler' },
    { text: 'a: [\n', says: 'hpa.yaml:2: : is no valid YAML' },
    { text: `${WHOLE}---\n${WHOLE}`, says: 'hpa.yaml:28: : is a second HorizontalPodAutoscaler' },
  ])('$says', ({ text, says }) => {
    expect(problems(readHpaManifest(text, 'hpa.yaml'))[0]).toContain(says)
  })
})
