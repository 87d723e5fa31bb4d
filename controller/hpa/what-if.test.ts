import { expect, it } from 'vitest'
import { withChange } from './what-if.ts'

const resource = (target: object) => ({ type: 'Resource', resource: { name: 'cpu', target } })
const external = (target: object) => ({ type: 'External', external: { metric: {}, target } })
const hpa = (...metrics: object[]) => ({ kind: 'HPA', spec: { minReplicas: 1, metrics } })

const cpu = resource({ type: 'Utilization', averageUtilization: 60 })
const queue = external({ type: 'AverageValue', averageValue: '500m' })

it.each([
  {
    set: 'minReplicas=10',
    of: hpa(cpu),
    gives: { kind: 'HPA', spec: { minReplicas: 10, metrics: [cpu] } },
  },
  {
    set: 'target=45',
    of: hpa(cpu),
    gives: hpa(resource({ type: 'Utilization', averageUtilization: 45 })),
  },
  {
    set: 'target=45%',
    of: hpa(cpu),
    gives: hpa(resource({ type: 'Utilization', averageUtilization: 45 })),
  },
  {
    set: 'target=2',
    of: hpa(queue),
    gives: hpa(external({ type: 'AverageValue', averageValue: '2' })),
  },
  {
    set: 'metrics[1].target=900m',
    of: hpa(cpu, queue),
    gives: hpa(cpu, external({ type: 'AverageValue', averageValue: '900m' })),
  },
  {
    set: 'target=70',
    of: hpa(),
    gives: hpa(resource({ type: 'Utilization', averageUtilization: 70 })),
  },
  // What is no number is left for the schema to refuse.
  { set: 'maxReplicas=many', of: { spec: {} }, gives: { spec: { maxReplicas: 'many' } } },
])('$set', ({ set, of, gives }) => {
  const [field = '', value = ''] = set.split('=')
  const before = structuredClone(of)
  expect(withChange(of, { field, value })).toEqual(gives)
  expect(of).toEqual(before)
})

it.each([
  {
    set: 'replicas=3',
    says: 'replicas is nothing that can be changed: use minReplicas, maxReplicas',
  },
  {
    set: 'target=3',
    says: 'target could be that of any of 2 metrics: write metrics[0].target, metrics[1].target',
  },
  { set: 'metrics[2].target=3', says: 'metrics[2]: there are only 2' },
])('$set: $says', ({ set, says }) => {
  const [field = '', value = ''] = set.split('=')
  expect(withChange(hpa(cpu, queue), { field, value })).toContain(says)
})
