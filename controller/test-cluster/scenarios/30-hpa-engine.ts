import { strict as assert } from 'node:assert'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { connect } from '../../kubernetes/connect.ts'
import type { Cluster } from '../cluster.ts'
import { checkAdmission } from '../hpa-engine/admission.ts'
import { CASES } from '../hpa-engine/cases.ts'
import { act, createCase } from '../hpa-engine/create-case.ts'
import { hpaNames, STEP_SECONDS, STEPS } from '../hpa-engine/engine-case.ts'
import { dryRunLive } from '../hpa-engine/live-dry-run.ts'
import { Recording } from '../hpa-engine/record.ts'
import { replay } from '../hpa-engine/replay.ts'
import { serveMetrics } from '../hpa-engine/served-metrics.ts'
import { syncsOf } from '../hpa-engine/syncs.ts'
import { say } from '../say.ts'
import type { Scenario } from '../scenario.ts'

/** The real HPA controller and the engine, on the same worlds, sync by sync. */
export const scenario: Scenario = {
  name: 'the HPA engine says what the real controller does',
  run: async (cluster) => {
    const namespace = await cluster.createNamespace('engine')
    const api = connect({ kubeconfigPath: cluster.kubeconfigPath })
    cluster.defer(() => api.close())
    const recording = new Recording(api, namespace)
    const over = new AbortController()
    let step = 0
    await serveMetrics(cluster, namespace, async (question) => {
      const one = CASES.find(({ name }) => name === question.name)
      try {
        return one && !over.signal.aborted ? await recording.answer(one, question, step) : null
      } catch (error) {
        // The controller goes on asking while all is taken down.
        if (over.signal.aborted) return null
        throw error
      }
    })
    cluster.defer(() => {
      over.abort()
    })
    for (const one of CASES) await createCase(cluster, namespace, one)
    const stop = new AbortController()
    cluster.defer(() => {
      stop.abort()
    })
    const watching = recording.watch(stop.signal)
    for (;;) {
      say(`  step ${step + 1} of ${STEPS}`)
      for (const one of CASES) await act(cluster, namespace, one, step)
      await sleep(STEP_SECONDS * 1000)
      if (step + 1 === STEPS) break
      step++
    }
    stop.abort()
    await watching
    await keep(cluster, recording)
    compare(cluster, recording, namespace)
    await dryRunLive(cluster, namespace)
    await checkAdmission(cluster, namespace)
  },
}

/** For whoever wants to know why two differ. */
async function keep({ artefacts }: Cluster, { asked, glances }: Recording): Promise<void> {
  const plain = glances.map(({ atMs, hpas, scales }) => {
    return { atMs, hpas: Object.fromEntries(hpas), scales: Object.fromEntries(scales) }
  })
  await writeFile(join(artefacts, 'hpa-engine.json'), JSON.stringify({ asked, glances: plain }))
}

function compare(cluster: Cluster, recording: Recording, namespace: string): void {
  const differences: string[] = []
  let compared = 0
  for (const one of CASES) {
    for (const name of hpaNames(one)) {
      const syncs = syncsOf(recording, namespace, name)
      const least = one.twin === true || one.target !== undefined ? 1 : STEPS
      assert.ok(syncs.length >= least, `${name}: only ${syncs.length} syncs were seen`)
      compared += syncs.length
      for (const { sync, engine, controller } of replay(name, syncs)) {
        differences.push(`${name}, sync ${sync}: engine ${engine}; controller ${controller}`)
      }
    }
  }
  cluster.measured(`${CASES.length} worlds, ${compared} syncs of the real controller, compared`)
  assert.deepEqual(differences, [])
}
