import { expect, test } from 'vitest'

import { parseManifest } from './parse.ts'

const good = `apiVersion: foresail.dev/v1alpha1
kind: PredictiveScaler
metadata: {name: shop-web}
spec:
  scaleTargetRef: {kind: Deployment, name: shop-web}
  maxReplicas: 60
  actuator: {name: shop-web}
  demand:
  - name: requests
    prometheus: {query: 'sum(rate(requests_total[2m]))'}
    capacity: {averageValue: "250"}
`

function lines(text: string): string[] {
  return parseManifest(text, 'a.yaml').problems.map(
    ({ file, line, path, message }) => `${file}:${line}: ${path}: ${message}`,
  )
}

test('scalers among other documents, with the line they begin at', () => {
  const manifest = parseManifest(
    `# a comment\nkind: Deployment\napiVersion: apps/v1\n---\n---\n${good}---\n- 1\n---\n${good}`,
    'a.yaml',
  )
  expect(manifest.problems).toEqual([])
  expect(manifest.scalers.map(({ line }) => line)).toEqual([6, 20])
  expect(manifest.scalers.map(({ scaler }) => scaler.metadata.namespace)).toEqual([
    'default',
    'default',
  ])
})

test.each([
  ['a wrong value', ['maxReplicas: 60', 'maxReplicas: 0'], 'a.yaml:6: spec.maxReplicas: '],
  ['a misspelt key', ['maxReplicas', 'maxReplica'], 'a.yaml:6: spec.maxReplica: '],
  [
    'a missing field, at its parent',
    ['{averageValue: "250"}', '{}'],
    'a.yaml:11: spec.demand[0].capacity: ',
  ],
  [
    'a missing block, at the nearest parent',
    ['  actuator: {name: shop-web}\n', ''],
    'a.yaml:4: spec.actuator: ',
  ],
  ['an item of a list', ['name: requests', 'name: REQ'], 'a.yaml:9: spec.demand[0].name: '],
  ['another version', ['v1alpha1', 'v1'], 'a.yaml:1: apiVersion: '],
  ['a misspelt kind', ['PredictiveScaler', 'PredictiveScalers'], 'a.yaml:2: kind: '],
  [
    'a key that is there twice',
    ['  maxReplicas: 60', '  maxReplicas: 60\n  maxReplicas: 6'],
    'a.yaml:7: : is no valid YAML: ',
  ],
] as const)('%s', (_, [from, to], start) => {
  const found = lines(good.replace(from, to))
  expect(found.map((line) => line.startsWith(start))).toContain(true)
})

test('problems come in the order of their lines, of every document', () => {
  const bad = good.replace('60', '0').replace('Deployment', 'Pod')
  const found = parseManifest(`${bad}---\n${good.replace('60', '0')}`, 'a.yaml').problems
  expect(found.map(({ line }) => line)).toEqual([5, 6, 18])
})

test('what is not YAML is said with its line, and does not hide what follows', () => {
  const manifest = parseManifest(`a: [1\n---\n${good}`, 'a.yaml')
  expect(manifest.problems).toHaveLength(1)
  expect(manifest.scalers).toHaveLength(1)
})

test('an alias bomb is a problem, not a crash', () => {
  const bomb = ['a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]']
  for (let i = 1; i < 6; i++) {
    bomb.push(
      `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(', ')}]`,
    )
  }
  expect(lines(bomb.join('\n'))).toEqual([expect.stringMatching('alias')])
})

test('aliases and merge keys are followed', () => {
  const text = good
    .replace('metadata: {name: shop-web}', 'metadata: &meta {name: shop-web}')
    .replace('actuator: {name: shop-web}', 'actuator: {<<: *meta}')
  expect(parseManifest(text, 'a.yaml').scalers).toHaveLength(1)
})

test('an empty file holds nothing', () => {
  expect(parseManifest('', 'a.yaml')).toEqual({ scalers: [], problems: [] })
})
