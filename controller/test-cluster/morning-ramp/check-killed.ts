import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { recordWorkload } from '../ready-recorder.ts'
import { KILLED, type Stage } from './set-up.ts'

/** Early in the ramp: the floor was raised ahead of it, and the top is not reached. */
const INTO_RAMP_MS = 10_000
const WATCHED_MS = 4.5 * 60_000

/** The controller dies in a ramp that outgrows its plan: the HPA goes on, from the floor that it finds. */
export async function checkKilledInRamp(stage: Stage): Promise<void> {
  const { cluster, morning, killedNamespace } = stage
  const recorder = recordWorkload(cluster, killedNamespace, KILLED, 'morning-ramp-killed.csv')
  await sleep(morning.rampAtMs + INTO_RAMP_MS - Date.now())
  await stage.killedController.kill()
  const killedAt = Date.now()
  await sleep(WATCHED_MS)
  await recorder.stop()

  const after = recorder.seconds.filter(({ at }) => at >= killedAt)
  const floors = new Set(after.map(({ minReplicas }) => minReplicas).filter((floor) => floor > 0))
  const [floor] = floors
  const desired = after.map((second) => second.desired).filter((replicas) => replicas > 0)
  const ready = after.at(-1)?.ready ?? 0
  cluster.measured(
    `controller killed in the ramp: floor stayed at ${[...floors].join(', ')}, ` +
      `the HPA went on from ${desired[0] ?? '?'} to ${desired.at(-1) ?? '?'} replicas, ${ready} Ready`,
  )
  assert.equal(floors.size, 1, 'nobody moves the floor of a dead controller')
  assert.ok(floor !== undefined && Math.min(...desired) >= floor, 'nothing fell below the floor')
  assert.ok((desired.at(-1) ?? 0) > floor, 'the HPA scaled above the floor it found')
}
