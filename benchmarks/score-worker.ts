import { parentPort, workerData } from 'node:worker_threads'

import { scoreTrace } from './score-trace.ts'
import { loadTrace, type Terms } from './trace.ts'

/** One thread of `score-folder`: takes a file at a time and sends back its score. */
const terms = workerData as Terms
parentPort?.on('message', (file: string) => {
  parentPort?.postMessage(scoreTrace(loadTrace(file), terms))
})
