import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

import type { TraceScore } from './score-trace.ts'
import type { Terms, Trace } from './trace.ts'

/** Scores traces in `jobs` threads. The order of the answer is that of the traces. */
export async function scoreTraces(
  traces: readonly Trace[],
  terms: Terms,
  jobs: number,
  onScored: (trace: Trace) => void,
): Promise<TraceScore[]> {
  const scores: TraceScore[] = []
  const waiting = traces.entries()
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('score-worker.ts', import.meta.url), { workerData: terms })
    try {
      for (const [index, trace] of waiting) {
        worker.postMessage(trace.file)
        const [score] = (await once(worker, 'message')) as [TraceScore]
        scores[index] = score
        onScored(trace)
      }
    } finally {
      await worker.terminate()
    }
  }
  await Promise.all(Array.from({ length: Math.min(jobs, traces.length) }, work))
  return scores
}
