/**
 * Scores a folder of traces by the protocol: Foresail swept over its risk, the HPA over target and
 * window, at equal violations.
 *
 *   node benchmarks/score-folder.ts FOLDER [--step 60] [--lead 3] [--peak 20] [--only prefix] [--jobs 2]
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'

import { scoreTables } from './score-tables.ts'
import { scoreTraces } from './score-traces.ts'
import { judgedTraces } from './trace.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    step: { type: 'string', default: '60' },
    lead: { type: 'string', default: '3' },
    peak: { type: 'string', default: '20' },
    only: { type: 'string', default: '' },
    jobs: { type: 'string', default: String(availableParallelism()) },
  },
})
const [folder] = positionals
const terms = {
  stepSeconds: Number(values.step),
  leadMinutes: Number(values.lead),
  peakReplicas: Number(values.peak),
}
if (folder === undefined || !Object.values(terms).every((value) => value > 0)) {
  process.stderr.write(
    'usage: node benchmarks/score-folder.ts FOLDER [--step seconds] [--lead minutes] [--peak pods] [--only prefix] [--jobs n]\n',
  )
  process.exit(2)
}
const traces = judgedTraces(folder, terms.stepSeconds, values.only)
if (traces.length === 0) {
  process.stderr.write(`${folder}: no trace of nine days with a step of ${terms.stepSeconds} s\n`)
  process.exit(4)
}
const scores = await scoreTraces(traces, terms, Number(values.jobs), ({ name }) => {
  process.stderr.write(`${name}\n`)
})
process.stdout.write(
  `${traces.length} traces, step ${terms.stepSeconds} s, lead ${terms.leadMinutes} min, peak ${terms.peakReplicas} pods\n\n` +
    `${scoreTables(scores, terms.peakReplicas)}\n`,
)
