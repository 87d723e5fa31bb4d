import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Recorder, recordWorkload } from '../ready-recorder.ts'
import { notYet, waitFor } from '../wait.ts'
import { STEERED, type Stage } from './set-up.ts'
import { GUARD_TARGET, OWN_TARGET } from './workloads.ts'

const STEP_MS = 60_000

/** Prometheus stops, then comes back without its data: nothing falls, and the guard goes back. */
export async function checkOutage(stage: Stage): Promise<void> {
  const { cluster, namespace, prometheus } = stage
  const recorder = recordWorkload(cluster, namespace, STEERED, 'outage.csv')
  await waitFor('the guard raised before', 60, () => {
    const target = recorder.seconds.at(-1)?.cpuTarget
    return Promise.resolve(target === GUARD_TARGET ? true : notYet(`${String(target)} %`))
  })

  const stoppedAt = Date.now()
  await prometheus.stop()
  await waitFor('FallbackActive and the guard given back', 240, async () => {
    const status = await cluster.kubectl(
      ...['-n', namespace, 'get', 'pscaler', STEERED, '-o'],
      'jsonpath={.status.conditions[?(@.type=="FallbackActive")].status}',
    )
    const target = recorder.seconds.at(-2)?.cpuTarget
    return status === 'True' && target === OWN_TARGET
      ? true
      : notYet(`${status}, ${String(target)} %`)
  })
  const gaveBack =
    recorder.seconds.find(({ cpuTarget }) => cpuTarget === OWN_TARGET)?.at ?? Infinity
  cluster.measured(
    `Prometheus stopped: the guard's target was the user's own again after ${seconds(gaveBack - stoppedAt)}`,
  )
  assert.ok(gaveBack - stoppedAt <= 3 * STEP_MS, 'the guard is given back within three steps')

  await prometheus.restart({ empty: true })
  await sleep(2.5 * STEP_MS)
  await recorder.stop()
  const lowest = fall(recorder)
  cluster.measured(
    `Prometheus gone, then back empty: floor and replicas fell by ${lowest} in ${seconds(Date.now() - stoppedAt)}`,
  )
  assert.equal(lowest, 0, 'nothing falls while nothing is known')
}

/** The largest fall of the floor or of the replicas, from one second to the next. */
function fall({ seconds: recorded }: Recorder): number {
  let most = 0
  for (const field of ['minReplicas', 'desired'] as const) {
    const known = recorded.map((second) => second[field]).filter((value) => !Number.isNaN(value))
    known.forEach((value, i) => {
      most = Math.max(most, (known[i - 1] ?? value) - value)
    })
  }
  return most
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`
}
