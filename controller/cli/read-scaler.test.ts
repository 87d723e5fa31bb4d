import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { EXIT, Failure } from './failure.ts'
import { readScaler } from './read-scaler.ts'

const folder = mkdtempSync(join(tmpdir(), 'foresail-scaler-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function file(...documents: string[]): string {
  const path = join(folder, 'scaler.yaml')
  writeFileSync(path, documents.join('\n---\n'))
  return path
}

const scaler = (name: string) => `apiVersion: foresail.dev/v1alpha1
kind: PredictiveScaler
metadata: {name: ${name}}
spec:
  scaleTargetRef: {kind: Deployment, name: web}
  maxReplicas: 60
  actuator: {name: web}
  demand: [{name: rps, prometheus: {query: q}, capacity: {averageValue: "1"}}]`

const DEPLOYMENT = 'apiVersion: apps/v1\nkind: Deployment'

test('picks the one PredictiveScaler among other documents', () => {
  expect(readScaler(file(DEPLOYMENT, scaler('web'), DEPLOYMENT)).metadata.name).toBe('web')
})

test.each([
  ['none', [DEPLOYMENT], ': holds no PredictiveScaler. Name the manifest that does'],
  ['two', [scaler('a'), scaler('b')], ': holds 2 PredictiveScalers (lines 1, 10). Put the one'],
  ['a broken one', [scaler('a').replace('60', '-1')], ':6: spec.maxReplicas: must be at least 1'],
  ['no YAML', ['a: ['], ':1: is no valid YAML'],
])('refuses %s', (_, documents, message) => {
  const path = file(...documents)
  let thrown: unknown
  try {
    readScaler(path)
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(Failure)
  expect(thrown).toMatchObject({ exitCode: EXIT.input })
  expect(String(thrown)).toContain(`${path}${message}`)
})

test.each([
  [join(folder, 'none.yaml'), 'no such file. Check the path'],
  [folder, 'this is a directory. Name the manifest in it'],
])('refuses %s', (path, message) => {
  expect(() => readScaler(path)).toThrow(`${path}: ${message}`)
})
