import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type RecordedSecond,
  recordWorkload,
  replicaMinutes,
  violatedSeconds,
} from '../ready-recorder.ts'
import { drawRamp } from './draw-ramp.ts'
import { ALONE, STEERED, type Stage } from './set-up.ts'
import { CAPACITY, START_UP_SECONDS } from './workloads.ts'

const BEFORE_MS = 60_000
const AFTER_MS = 5 * 60_000
const COVERED = 0.99

/** Second by second through the ramp: who had the capacity Ready, and what it cost. */
export async function checkRamp(stage: Stage): Promise<void> {
  const { cluster, namespace, morning } = stage
  const recorders = [ALONE, STEERED].map((name) => ({
    name,
    recorder: recordWorkload(cluster, namespace, name, `morning-ramp-${name}.csv`),
  }))
  await sleep(morning.rampAtMs + AFTER_MS - Date.now())
  for (const { recorder } of recorders) await recorder.stop()

  const [alone, steered] = recorders.map(({ recorder }) =>
    recorder.seconds.filter(({ at }) => at >= morning.rampAtMs - BEFORE_MS),
  )
  assert.ok(alone !== undefined && steered !== undefined)
  for (const [name, seconds] of [
    ['the HPA alone', alone],
    ['Foresail    ', steered],
  ] as const) {
    cluster.measured(describe(name, seconds))
  }
  await writeFile(
    join(cluster.artefacts, 'morning-ramp.svg'),
    drawRamp(
      [
        { title: panelTitle('The HPA alone, 70 %', alone), seconds: alone },
        { title: panelTitle('The same HPA under Foresail', steered), seconds: steered },
      ],
      CAPACITY,
      morning.rampAtMs,
    ),
  )
  await checkLearnedStartUp(stage)
  const short = violatedSeconds(steered, CAPACITY) / steered.length
  assert.ok(
    short <= 1 - COVERED,
    `Foresail was short in ${(100 * short).toFixed(1)} % of the seconds`,
  )
  assert.ok(violatedSeconds(alone, CAPACITY) > violatedSeconds(steered, CAPACITY) + 10)
}

function panelTitle(name: string, seconds: readonly RecordedSecond[]): string {
  return `${name}: short for ${violatedSeconds(seconds, CAPACITY)} s`
}

function describe(name: string, seconds: readonly RecordedSecond[]): string {
  const violated = violatedSeconds(seconds, CAPACITY)
  const covered = (100 * (1 - violated / seconds.length)).toFixed(1)
  const replicaSeconds = Math.round(60 * replicaMinutes(seconds))
  return `${name}: short in ${violated} of ${seconds.length} s (${covered} % covered), ${replicaSeconds} replica-seconds`
}

/** The lead time is learned from the pods: p50 and p90 of the uniform delay that kwok was told. */
async function checkLearnedStartUp({ cluster, namespace }: Stage): Promise<void> {
  const json = await cluster.kubectl(
    ...['-n', namespace, 'get', 'pscaler', STEERED, '-o', 'jsonpath={.status.leadTime}'],
  )
  const learned = JSON.parse(json) as { p50Seconds: number; p90Seconds: number; samples: number }
  const [from, to] = START_UP_SECONDS
  const set = { p50: from + 0.5 * (to - from), p90: from + 0.9 * (to - from) }
  cluster.measured(
    `start-up learned from ${learned.samples} pods: p50 ${learned.p50Seconds} s (set ${set.p50} s), ` +
      `p90 ${learned.p90Seconds} s (set ${set.p90} s)`,
  )
  assert.ok(Math.abs(learned.p50Seconds / set.p50 - 1) <= 0.1, 'p50 within 10 %')
  assert.ok(Math.abs(learned.p90Seconds / set.p90 - 1) <= 0.1, 'p90 within 10 %')
}
