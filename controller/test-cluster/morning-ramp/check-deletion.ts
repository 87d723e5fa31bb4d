import assert from 'node:assert/strict'
import { notYet, waitFor } from '../wait.ts'
import { STEERED, type Stage } from './set-up.ts'
import { hpaAsWritten } from './workloads.ts'

/** The scaler goes: the adopted HPA is as its owner wrote it, to the letter. */
export async function checkDeletion({ cluster, namespace, ownHpa }: Stage): Promise<void> {
  assert.notEqual(await hpaAsWritten(cluster, namespace, STEERED), ownHpa, 'Foresail had moved it')
  await cluster.kubectl('-n', namespace, 'delete', 'pscaler', STEERED, '--timeout=60s')
  await waitFor('the adopted HPA is as it was', 30, async () => {
    const now = await hpaAsWritten(cluster, namespace, STEERED)
    return now === ownHpa ? true : notYet(now)
  })
  cluster.measured('scaler deleted: the adopted HPA is as it was, to the letter')
}
