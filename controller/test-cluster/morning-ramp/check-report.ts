import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runCommand } from '../command.ts'
import { LAUNCHER } from '../foresail.ts'
import { rawSamples } from './raw-samples.ts'
import { STEERED, type Stage } from './set-up.ts'

const STEP = 60
/** From a step's boundary until the controller has surely exported, in seconds. */
const SETTLED = 10
const WINDOW_MINUTES = 11

interface Report {
  start: string
  slots: number
  comparedSlots: number
  ran: { replicaHours: number; violatedMinutes: number; demandShortPercent: number }
  alternatives: { policy: string; replicas: number | null }[]
  forecast: { quantiles: { asked: number; within: number; counted: number }[] }
}

/** `foresail report` over the ramp, against the same numbers counted from raw Prometheus samples. */
export async function checkReport(stage: Stage): Promise<void> {
  const { cluster, namespace, prometheus } = stage
  await sleep(2 * STEP * 1000)
  const ask = (format: string): Promise<string> =>
    runCommand(process.execPath, [
      ...[LAUNCHER, 'report', STEERED, '-n', namespace, '--prometheus', prometheus.url],
      ...['--window', `${WINDOW_MINUTES}m`, '-o', format],
    ])
  await writeFile(join(cluster.artefacts, 'report.html'), await ask('html'))
  const table = await ask('table')
  await writeFile(join(cluster.artefacts, 'report.txt'), table)
  const report = JSON.parse(await ask('json')) as Report
  cluster.measured(`report: ${table.split('\n').slice(0, 4).join(' ').replaceAll(/\s+/g, ' ')}`)

  const counted = await recount(stage, Date.parse(report.start) / 1000, report.slots)
  const close = (name: string, said: number, seen: number): void => {
    assert.ok(
      Math.abs(said - seen) < 1e-6 * Math.max(1, seen),
      `${name}: ${said}, recounted ${seen}`,
    )
  }
  const [largest, usual] = ['fixed-largest', 'fixed-usual'].map(
    (name) => report.alternatives.find(({ policy }) => policy === name)?.replicas ?? NaN,
  )
  const q95 = report.forecast.quantiles.find(({ asked }) => asked === 0.95)
  close('compared slots', report.comparedSlots, counted.compared)
  close('replica-hours', report.ran.replicaHours, counted.replicaHours)
  close('violated minutes', report.ran.violatedMinutes, counted.violatedMinutes)
  close('demand short', report.ran.demandShortPercent, counted.demandShortPercent)
  close('largest need', largest ?? NaN, counted.largestNeed)
  close('usual need', usual ?? NaN, counted.usualNeed)
  close('slots within the 95 % forecast', q95?.within ?? NaN, counted.within95)
  cluster.measured(
    `report equals a recount of raw samples over ${counted.compared} slots: ` +
      `${counted.replicaHours.toFixed(3)} replica-hours, ${counted.violatedMinutes} min short`,
  )
}

/** The same numbers by another way: every scraped sample, and plain counting. */
async function recount({ namespace, prometheus }: Stage, startSeconds: number, slots: number) {
  const labels = `namespace="${namespace}",name="${STEERED}"`
  const read = (metric: string, more = '') =>
    rawSamples(prometheus.url, `${metric}{${labels}${more}}`, slots * STEP + 600)
  const demands = await read('foresail_demand_replicas')
  const ready = await read('foresail_replicas', ',source="ready"')
  const high = await read('foresail_demand_forecast_replicas', ',quantile="0.95"')
  const counted = { compared: 0, replicaHours: 0, violatedMinutes: 0, within95: 0 }
  let demandSum = 0
  let shortSum = 0
  const needs: number[] = []
  for (let slot = 0; slot < slots; slot++) {
    const from = startSeconds + slot * STEP
    const during = (at: number) => at > from + SETTLED && at <= from + STEP
    const after = (at: number) => at > from + STEP + SETTLED && at <= from + 2 * STEP
    const demand = demands.filter(({ at }) => after(at)).at(-1)?.value
    const forecast = high.filter(({ at }) => after(at)).at(-1)?.value
    const pods = ready.filter(({ at }) => during(at)).map(({ value }) => value)
    if (demand !== undefined && forecast !== undefined && demand <= forecast * (1 + 1e-9)) {
      counted.within95++
    }
    if (demand !== undefined) needs.push(Math.ceil(demand / (1 + 1e-9)))
    if (demand === undefined || pods.length === 0) continue
    const least = Math.min(...pods)
    counted.compared++
    counted.replicaHours += pods.reduce((sum, count) => sum + count, 0) / pods.length / 60
    demandSum += demand
    if (demand > least * (1 + 1e-9)) {
      counted.violatedMinutes++
      shortSum += demand - least
    }
  }
  needs.sort((a, b) => a - b)
  const middle = (needs.length - 1) / 2
  const median = ((needs[Math.floor(middle)] ?? NaN) + (needs[Math.ceil(middle)] ?? NaN)) / 2
  return {
    ...counted,
    demandShortPercent: (100 * shortSum) / demandSum,
    largestNeed: needs.at(-1) ?? NaN,
    usualNeed: Math.ceil(median),
  }
}
