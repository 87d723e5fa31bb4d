/**
 * Scores a folder of traces by the protocol: Foresail swept over its risk, the HPA over target and
 * window, at equal violations.
 *
 *   node benchmarks/score-folder.ts FOLDER [--step 60] [--lead 3] [--peak 20] [--only prefix] [--jobs 2]
 *                                   [--actuator hpa --guard 85] [--hold 5] [--forecast-off 30]
 *
 * --actuator hpa moves the floor of an HPA with target 70 % whose guard is in per cent of the capacity;
 * --hold is in minutes; --forecast-off makes forecasts too low on purpose, in per cent of the busy hours.
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'

import type { Actuation } from '../forecaster/actuation/actuation.ts'

import { scoreTables } from './score-tables.ts'
import { scoreTraces } from './score-traces.ts'
import { tracesOf } from './traces-of.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    step: { type: 'string', default: '60' },
    lead: { type: 'string', default: '3' },
    peak: { type: 'string', default: '20' },
    only: { type: 'string', default: '' },
    actuator: { type: 'string', default: 'scale' },
    guard: { type: 'string', default: '85' },
    hold: { type: 'string', default: '5' },
    'forecast-off': { type: 'string', default: '0' },
    jobs: { type: 'string', default: String(availableParallelism()) },
  },
})
const [folder] = positionals
const terms = {
  stepSeconds: Number(values.step),
  leadMinutes: Number(values.lead),
  peakReplicas: Number(values.peak),
  holdSeconds: 60 * Number(values.hold),
  forecastOffShare: Number(values['forecast-off']) / 100,
  actuation: actuationOf(values.actuator, Number(values.guard)),
}
const numbers = [terms.stepSeconds, terms.leadMinutes, terms.peakReplicas, terms.holdSeconds]
const asked = folder !== undefined && terms.actuation !== null && numbers.every((n) => n > 0)
if (!asked || terms.actuation === null) {
  process.stderr.write(
    'usage: node benchmarks/score-folder.ts FOLDER [--step seconds] [--lead minutes] [--peak pods] [--only prefix] [--jobs n]\n' +
      '       [--actuator scale|hpa] [--guard percent] [--hold minutes] [--forecast-off percent]\n',
  )
  process.exit(2)
}
const traces = tracesOf(folder, terms.stepSeconds, values.only)
const { actuation } = terms
const scores = await scoreTraces(
  traces,
  { ...terms, actuation },
  Number(values.jobs),
  ({ name }) => {
    process.stderr.write(`${name}\n`)
  },
)
process.stdout.write(
  `${traces.length} traces, step ${terms.stepSeconds} s, lead ${terms.leadMinutes} min, peak ${terms.peakReplicas} pods, actuator ${values.actuator}\n\n` +
    `${scoreTables(scores, terms.peakReplicas)}\n`,
)

/** Null for a name that no actuator has. */
function actuationOf(name: string, guardPercent: number): Actuation | null {
  if (name === 'scale') return { kind: 'scale' }
  if (name !== 'hpa' || !(guardPercent > 0)) return null
  return {
    kind: 'hpa',
    targetPercent: 70,
    guardPercent,
    stabilizationSeconds: 300,
    ownMinReplicas: 1,
  }
}
