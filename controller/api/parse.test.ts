import fc from 'fast-check'
import { expect, test } from 'vitest'

import {
  blamedPath,
  type Change,
  changed,
  REFUSED,
  smallestScaler,
  smallestSpecParsed,
  TAKEN,
  UNKNOWN_FIELDS,
} from './admission-cases.ts'
import { statedCapacity } from './demand.ts'
import { parseScaler } from './parse.ts'
import { formatProblem } from './problem.ts'

function problems(object: unknown): string[] {
  const parsed = parseScaler(object)
  return parsed.ok ? [] : parsed.problems.map(formatProblem)
}

function shown(change: Change): string {
  return JSON.stringify(change) + (change.value === undefined ? ' removed' : '')
}

test('the smallest object gets every default', () => {
  const parsed = parseScaler(smallestScaler())
  expect(parsed.ok && parsed.scaler.spec).toEqual(smallestSpecParsed)
})

test.each(TAKEN.map((change) => [shown(change), change] as const))('%s is taken', (_, change) => {
  expect(problems(changed(change))).toEqual([])
})

test.each(REFUSED.map((refused) => [shown(refused), refused] as const))(
  '%s is refused with the field to blame, and nothing else',
  (_, refused) => {
    const parsed = parseScaler(changed(refused))
    const paths = parsed.ok ? [] : parsed.problems.map(({ path }) => path)
    expect(paths.map((path) => path.startsWith(blamedPath(refused)))).toContain(true)
    expect(paths).toHaveLength(1)
  },
)

test.each(UNKNOWN_FIELDS.map((change) => [shown(change), change] as const))(
  '%s is no field',
  (_, change) => {
    expect(problems(changed(change))).toEqual([
      expect.stringContaining(`${blamedPath(change)}: is no field of this API; `),
    ])
  },
)

test.each<[Change, string]>([
  [
    { at: 'spec.minReplica', value: 2 },
    'spec.minReplica: is no field of this API; did you mean minReplicas?',
  ],
  [
    { at: 'spec.actuator.kind', value: 'x' },
    'spec.actuator.kind: is no field of this API; the fields here are type, name',
  ],
  [{ at: 'spec.maxReplicas', value: undefined }, 'spec.maxReplicas: is required'],
  [
    { at: 'spec.maxReplicas', value: '60' },
    'spec.maxReplicas: must be a whole number: write 60 without quotes',
  ],
  [{ at: 'spec.maxReplicas', value: 1.5 }, 'spec.maxReplicas: must be a whole number, not 1.5'],
  [
    { at: 'spec.maxReplicas', value: null },
    'spec.maxReplicas: is empty; write a value or remove the line',
  ],
  [{ at: 'spec.maxReplicas', value: 1e6 }, 'spec.maxReplicas: must be at most 150000, not 1000000'],
  [{ at: 'spec.minReplicas', value: 61 }, 'spec.minReplicas: must not be more than maxReplicas'],
  [
    { at: 'spec.mode', value: 'auto' },
    'spec.mode: must be one of Observe, ScaleUpOnly, Auto, not "auto"; did you mean Auto?',
  ],
  [
    { at: 'spec.actuator', value: [] },
    'spec.actuator: must be an object with fields of its own, not a list',
  ],
  [{ at: 'spec.demand', value: {} }, 'spec.demand: must be a list, not an object'],
  [{ at: 'spec.demand', value: [] }, 'spec.demand: must have at least 1 item'],
  [
    { at: 'spec.demand.0.capacity.averageValue', value: 2.5 },
    'spec.demand[0].capacity.averageValue: must be in quotes: write "2.5"',
  ],
  [
    { at: 'spec.demand.0.capacity.averageValue', value: '0' },
    'spec.demand[0].capacity.averageValue: must be a quantity above 0, such as "250", "1.5" or "500m"',
  ],
  [
    { at: 'spec.demand.0.capacity.averageValue', value: '1'.repeat(41) },
    'spec.demand[0].capacity.averageValue: must have at most 40 characters',
  ],
  [
    { at: 'spec.demand.0.prometheus.query', value: '' },
    'spec.demand[0].prometheus.query: must not be empty',
  ],
  [
    { at: 'spec.demand.0.prometheus.query', value: 'x'.repeat(4097) },
    'spec.demand[0].prometheus.query: must have at most 4096 characters',
  ],
  [
    { at: 'spec.prediction', value: { risk: { violationBudget: 0.5 } } },
    'spec.prediction.risk.violationBudget: must be in quotes; write it as a percentage such as "0.5%"',
  ],
  [
    { at: 'spec.prediction', value: { risk: { violationBudget: '0.5' } } },
    'spec.prediction.risk.violationBudget: must be more than 0% and at most 50%; write it as a percentage such as "0.5%"',
  ],
  [
    { at: 'metadata.annotations', value: { 'foresail.dev/paused': true } },
    'metadata.annotations["foresail.dev/paused"]: must be text: write "true" in quotes',
  ],
  [
    { at: 'apiVersion', value: 'foresail.dev/v1' },
    'apiVersion: must be foresail.dev/v1alpha1, not "foresail.dev/v1"',
  ],
])('%o says: %s', (change, message) => {
  expect(problems(changed(change))).toEqual([message])
})

test('two signals of one name: the second is to blame', () => {
  const { demand } = smallestScaler().spec
  expect(problems(changed({ at: 'spec.demand', value: [...demand, ...demand] }))).toEqual([
    'spec.demand[1].name: "requests" is taken by item 0; give every item its own name',
  ])
})

test('a status that is not understood counts as absent', () => {
  const parsed = parseScaler({ ...smallestScaler(), status: { floor: 'many' } })
  expect(parsed.ok && parsed.scaler.status).toBeUndefined()
})

test('what the API server keeps in the metadata passes through', () => {
  const managedFields = [{ manager: 'kubectl' }]
  const parsed = parseScaler(changed({ at: 'metadata.managedFields', value: managedFields }))
  expect(parsed.ok && parsed.scaler.metadata['managedFields']).toEqual(managedFields)
})

test('capacity is a number', () => {
  const parsed = parseScaler(changed({ at: 'spec.demand.0.capacity.averageValue', value: '2Ki' }))
  expect(parsed.ok && parsed.scaler.spec.demand.map(statedCapacity)).toEqual([2048])
})

test('no value makes it throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('spec', 'metadata', 'spec.demand'), (value, at) => {
      expect(parseScaler(changed({ at, value: value ?? null })).ok).toBe(false)
      expect(parseScaler(value).ok).toBe(false)
    }),
  )
})
