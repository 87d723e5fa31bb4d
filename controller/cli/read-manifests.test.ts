import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { EXIT, Failure } from './failure.ts'
import { readManifests } from './read-manifests.ts'

const folder = mkdtempSync(join(tmpdir(), 'foresail-manifests-'))
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

const hpa = (name: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: ${name}}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 60`

test.each([
  ['a scaler', [DEPLOYMENT, scaler('a'), DEPLOYMENT], 'a', undefined],
  ['an HPA', [DEPLOYMENT, hpa('b')], undefined, 'b'],
  ['both', [hpa('b'), DEPLOYMENT, scaler('a')], 'a', 'b'],
])('picks %s among other documents', (_, documents, scalerName, hpaName) => {
  const read = readManifests(file(...documents))
  expect(read.scaler?.metadata.name).toBe(scalerName)
  expect(read.hpa?.metadata.name).toBe(hpaName)
})

test('names what is wrong in both, from the first line on', () => {
  const path = file(hpa('b').replace('60', '0'), scaler('a').replace('60', '-1'))
  expect(() => readManifests(path)).toThrow(
    `${path}:6: spec.maxReplicas: must be at least 1, not 0\nerror: ${path}:13: spec.maxReplicas:`,
  )
})

test.each([
  [
    'none',
    [DEPLOYMENT],
    ': holds no PredictiveScaler and no HorizontalPodAutoscaler. Name the manifest that does',
  ],
  ['two', [scaler('a'), scaler('b')], ': holds 2 PredictiveScalers (lines 1, 10). Put the one'],
  ['a broken one', [scaler('a').replace('60', '-1')], ':6: spec.maxReplicas: must be at least 1'],
  ['two HPAs', [hpa('a'), hpa('b')], ':8: is a second HorizontalPodAutoscaler: give them one'],
  [
    'an HPA of another version',
    [hpa('a').replace('/v2', '/v1')],
    ':1: apiVersion: must be autoscaling/v2',
  ],
  ['no YAML beside an HPA', [hpa('a'), 'a: ['], ':8: is no valid YAML'],
  ['no YAML', ['a: ['], ':1: is no valid YAML'],
])('refuses %s', (_, documents, message) => {
  const path = file(...documents)
  let thrown: unknown
  try {
    readManifests(path)
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
  expect(() => readManifests(path)).toThrow(`${path}: ${message}`)
})
