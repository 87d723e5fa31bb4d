import { Worker } from 'node:worker_threads'
import type { WorkloadFits } from '../../forecaster/workload/workload.ts'
import type { WorkerJob, WorkerReply } from './fit-worker.ts'
import type { Forecasting } from './ports.ts'
import type { Rehearsal } from './rehearse.ts'

/** A fit takes tens of milliseconds, a rehearsal under a second: past this a worker is lost. */
const JOB_DEADLINE_MS = 60_000

type Ask = { kind: 'rehearse'; job: unknown } | { kind: 'fit'; job: unknown }

/** Fits and rehearsals in worker threads, so that no loop waits for arithmetic. */
export class FitPool implements Forecasting {
  readonly #idle: Worker[] = []
  readonly #waiting: ((worker: Worker) => void)[] = []
  readonly #size: number
  #started = 0
  #nextId = 0

  /** @param size threads, started when first needed */
  constructor(size: number) {
    this.#size = size
  }

  async rehearse(
    job: Parameters<Forecasting['rehearse']>[0],
    signal: AbortSignal,
  ): Promise<Rehearsal> {
    return (await this.#run({ kind: 'rehearse', job }, signal)) as Rehearsal
  }

  async fit(job: Parameters<Forecasting['fit']>[0], signal: AbortSignal): Promise<WorkloadFits> {
    return (await this.#run({ kind: 'fit', job }, signal)) as WorkloadFits
  }

  async stop(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((worker) => worker.terminate()))
  }

  async #run(ask: Ask, signal: AbortSignal): Promise<unknown> {
    const worker = await this.#take(signal)
    const id = this.#nextId++
    const timeout = AbortSignal.timeout(JOB_DEADLINE_MS)
    try {
      const result = await answerOf(worker, { ...ask, id } as WorkerJob, [signal, timeout])
      this.#give(worker)
      return result
    } catch (error) {
      // A thread that failed or is still busy with an abandoned job is not used again.
      await worker.terminate()
      this.#started--
      this.#replaceForWaiting()
      throw error
    }
  }

  async #take(signal: AbortSignal): Promise<Worker> {
    signal.throwIfAborted()
    const idle = this.#idle.pop()
    if (idle !== undefined) return idle
    if (this.#started < this.#size) return this.#start()
    const { promise, resolve, reject } = Promise.withResolvers<Worker>()
    const giveUp = (): void => {
      this.#waiting.splice(this.#waiting.indexOf(resolve), 1)
      reject(new Error('the fit was given up while it waited for a thread'))
    }
    signal.addEventListener('abort', giveUp)
    this.#waiting.push(resolve)
    try {
      return await promise
    } finally {
      signal.removeEventListener('abort', giveUp)
    }
  }

  #give(worker: Worker): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#idle.push(worker)
    else next(worker)
  }

  #replaceForWaiting(): void {
    const next = this.#waiting.shift()
    if (next !== undefined) next(this.#start())
  }

  #start(): Worker {
    this.#started++
    const worker = new Worker(new URL('./fit-worker.ts', import.meta.url))
    worker.unref()
    return worker
  }
}

function answerOf(worker: Worker, job: WorkerJob, signals: AbortSignal[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      worker.off('message', onMessage)
      worker.off('error', onError)
      for (const signal of signals) signal.removeEventListener('abort', onAbort)
    }
    const onMessage = (reply: WorkerReply): void => {
      if (reply.id !== job.id) return
      done()
      if (reply.ok) resolve(reply.result)
      else reject(new Error(reply.message))
    }
    const onError = (error: unknown): void => {
      done()
      reject(error instanceof Error ? error : new Error('the fit worker died'))
    }
    const onAbort = (): void => {
      onError(new Error('the fit was given up: stopped, or longer than a minute'))
    }
    worker.on('message', onMessage)
    worker.on('error', onError)
    for (const signal of signals) signal.addEventListener('abort', onAbort)
    worker.postMessage(job)
  })
}
