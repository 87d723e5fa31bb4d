import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const HPA = join(ROOT, 'examples/shop-web.yaml')
const SNAPSHOT = join(ROOT, 'examples/shop-web-snapshot.json')
const FILES = ['-f', HPA, '--snapshot', SNAPSHOT]
const folder = mkdtempSync(join(tmpdir(), 'foresail-hpa-'))

function dryRun(...args: string[]) {
  const command = [join(ROOT, 'controller/cli/foresail.js'), 'hpa', 'dry-run', ...args]
  const env = { ...process.env, KUBECONFIG: join(folder, 'none'), HOME: folder }
  const ran = spawnSync(process.execPath, command, { encoding: 'utf8', cwd: folder, env })
  return { status: ran.status, out: ran.stdout, err: ran.stderr }
}

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content)
  return name
}

test('tells what the HPA would do, in the words of kubectl', () => {
  const { status, out, err } = dryRun(...FILES)
  expect({ status, err }).toEqual({ status: 0, err: '' })
  expect(out).toBe(readFileSync(join(import.meta.dirname, 'golden/hpa-dry-run.txt'), 'utf8'))
})

test('answers what if, with what would happen otherwise beside it', () => {
  const { status, out } = dryRun(...FILES, '--set', 'target=45', '--set', 'maxReplicas=6')
  expect(status).toBe(0)
  expect(out).toContain('With target=45, maxReplicas=6: 6 replicas; as it is: 5 replicas\n')
  expect(out).toMatch(/ScalingLimited +True +TooManyReplicas /)
})

test('-o json is for machines', () => {
  const { out } = dryRun(...FILES, '--set', 'minReplicas=10', '-o', 'json')
  expect(JSON.parse(out)).toMatchObject({
    hpa: { namespace: 'shop', name: 'shop-web' },
    ...{ currentReplicas: 4, desiredReplicas: 10, wouldScale: true, steps: null },
    reason: 'Current number of replicas below Spec.MinReplicas',
    metrics: [{ current: '<unknown>', target: '60%', proposes: null, failure: null }],
    whatIf: {
      set: ['minReplicas=10'],
      asItIs: { desiredReplicas: 5, steps: { proposed: 5, stabilized: 5 } },
    },
  })
})

test('says what it cannot know where it matters', () => {
  const snapshot = JSON.parse(readFileSync(SNAPSHOT, 'utf8')) as Record<string, unknown>
  const without = file('s.json', JSON.stringify({ ...snapshot, recommendations: undefined }))
  const { out } = dryRun('-f', HPA, '--snapshot', without)
  expect(out).toContain('Not known here: what earlier syncs recommended')
})

describe('what is wrong is told in a line each', () => {
  test.each([
    { args: [], status: 2, says: /give either the name of an HPA in the cluster or a manifest/ },
    { args: ['web', ...FILES], status: 2, says: /give either the name/ },
    {
      args: ['web', '--snapshot', SNAPSHOT],
      status: 2,
      says: /--snapshot needs the HPA from a file/,
    },
    { args: [...FILES, '-n', 'shop'], status: 2, says: /a manifest says its own/ },
    { args: [...FILES, '--set', 'target'], status: 2, says: /Write field=value/ },
    {
      args: [...FILES, '--set', 'replicas=3'],
      status: 2,
      says: /--set replicas=3: replicas is nothing/,
    },
    {
      args: [...FILES, '--set', 'minReplicas=70'],
      status: 3,
      says: /^error: --set minReplicas=70: spec\.maxReplicas: must be greater than or equal to minReplicas/,
    },
    {
      args: ['-f', 'absent.yaml', '--snapshot', SNAPSHOT],
      status: 3,
      says: /^error: absent\.yaml: cannot be read/,
    },
    {
      args: [
        '-f',
        file('bad.yaml', 'kind: HorizontalPodAutoscaler\nspec: {maxReplicas: -1}\n'),
        '--snapshot',
        SNAPSHOT,
      ],
      status: 3,
      says: /^error: bad\.yaml:1: apiVersion: is required\n(error: .*\n)*error: bad\.yaml:2: spec\.maxReplicas: must be at least 1, not -1\n/,
    },
    {
      args: [
        '-f',
        HPA,
        '--snapshot',
        file('little.json', '{"now": "2026-11-24T08:00:00Z", "scale": {}, "pods": []}'),
      ],
      status: 3,
      says: /^error: little\.json: podMetrics: has no usage of cpu, which spec\.metrics\[0\] of the HPA needs/,
    },
    {
      args: ['-f', HPA, '--snapshot', file('wrong.json', '{\n"scale": {},\n"pods": 3}')],
      status: 3,
      says: /^error: wrong\.json:1: now: is required\nerror: wrong\.json:3: pods: must be a list, not 3\n$/,
    },
    { args: ['web'], status: 4, says: /^error: .*kubeconfig/ },
  ])('$args', ({ args, status, says }) => {
    const ran = dryRun(...args)
    expect(ran.err).toMatch(says)
    expect(ran.status).toBe(status)
    expect(ran.out).toBe('')
  })
})
