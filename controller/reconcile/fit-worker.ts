import { parentPort } from 'node:worker_threads'
import { type FitJob, fit, type RehearsalJob, rehearse } from './rehearse.ts'

/** What the pool posts to a worker: one job at a time. */
export type WorkerJob =
  | { id: number; kind: 'rehearse'; job: RehearsalJob }
  | { id: number; kind: 'fit'; job: FitJob }

export type WorkerReply =
  | { id: number; ok: true; result: unknown }
  | { id: number; ok: false; message: string }

parentPort?.on('message', (message: WorkerJob) => {
  parentPort?.postMessage(reply(message))
})

function reply(message: WorkerJob): WorkerReply {
  try {
    const result = message.kind === 'rehearse' ? rehearse(message.job) : fit(message.job)
    return { id: message.id, ok: true, result }
  } catch (error) {
    return { id: message.id, ok: false, message: error instanceof Error ? error.message : 'failed' }
  }
}
