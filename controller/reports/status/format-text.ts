import type { PredictiveScalerStatus } from '../../api/status.ts'
import { counted, timeSpan } from '../numbers.ts'
import { aligned, labelled, wrapped } from '../text-layout.ts'
import { bottleneckOf, type Stage } from './bottleneck.ts'
import { disagreement } from './compare-load.ts'
import { readyOf, type ScalerReport } from './scaler-report.ts'

const LABEL_WIDTH = 16

/** For people, in the manner of kubectl describe. */
export function formatText(report: ScalerReport, nowMs: number): string {
  const { status } = report
  const lines = [...wrapped(headline(report), ''), '']
  const row = (label: string, text: string | null | undefined): void => {
    if (text != null) lines.push(...labelled(`${label}:`, LABEL_WIDTH, text))
  }
  row('Target', `${report.target}${podsReady(status)}`)
  row('Mode', report.mode)
  row('Floor', floorOf(report))
  if (status === null) return `${lines.join('\n')}\n`
  const { next, lastDecision, plan, leadTime, coverage } = status
  row('Next', next && `${counted(next.replicas, 'replica')} at ${clock(next.at, nowMs)}`)
  row(
    'Last decision',
    lastDecision &&
      `${counted(lastDecision.replicas, 'replica')} for ${clock(lastDecision.at, nowMs)}: ${lastDecision.reasons.join(', ')}`,
  )
  row('Plan', plan && `ConfigMap ${plan.configMap}, until ${clock(plan.expiresAt, nowMs)}`)
  row('Lead time', leadTime && leadWords(leadTime))
  if (leadTime !== undefined) lines.push(...stageLines(leadTime))
  row('Model', status.model)
  row(
    'Coverage',
    coverage &&
      `${coverage.achieved} of the time demand was as foreseen or less; ${coverage.asked} asked for`,
  )
  lines.push(...loadLines(status.highestLoadPerReplica ?? [], nowMs))
  lines.push(...conditionLines(status.conditions ?? [], nowMs))
  return `${lines.join('\n')}\n`
}

function headline(report: ScalerReport): string {
  const { namespace, name, status, current, unreadable } = report
  const who = `PredictiveScaler ${namespace}/${name}`
  if (unreadable) {
    return `${who}: its status cannot be read here; another version of Foresail wrote it`
  }
  if (status === null) return `${who}: no status yet; is a controller running for its namespace?`
  const ready = readyOf(report)
  const said = ready === undefined ? 'nothing said' : `${ready.reason}: ${ready.message}`
  const word = ready?.status === 'True' ? 'Ready' : 'not Ready'
  const old = current ? '' : ' (of an earlier spec: the newest was not acted on yet)'
  return `${who} is ${word}, ${said}${old}`
}

function podsReady(status: PredictiveScalerStatus | null): string {
  const ready = status?.readyReplicas
  return ready === undefined ? '' : `, ${counted(ready, 'pod')} Ready`
}

function floorOf({ status, minReplicas, maxReplicas }: ScalerReport): string {
  const limits = `of ${minReplicas} to ${maxReplicas ?? '?'}`
  return status?.floor === undefined ? `not written, ${limits}` : `${status.floor}, ${limits}`
}

type LeadTime = NonNullable<PredictiveScalerStatus['leadTime']>

const SOURCE_WORDS: Readonly<Record<LeadTime['source'], string>> = {
  Initial: 'as spec.leadTime.initialSeconds says, no pod was seen to start',
  Prior: 'from few pods, so that spec.leadTime.initialSeconds weighs in',
  Learned: 'learned from the pods',
  Starting: 'for a pod is starting that has taken so long already',
}

function leadWords({ seconds, source, samples, p50Seconds, p90Seconds }: LeadTime): string {
  const spread =
    p50Seconds === undefined || p90Seconds === undefined
      ? ''
      : ` (median ${p50Seconds} s, 90th percentile ${p90Seconds} s)`
  const from = samples === 0 ? '' : `; ${counted(samples, 'start-up')}${spread}`
  return `${seconds} s, ${SOURCE_WORDS[source]}${from}`
}

const STAGE_HINTS: Readonly<Record<Stage, string>> = {
  scheduling: 'most of it: pods wait for a node; keep room for them',
  image: 'most of it: smaller images, or images that are on the nodes before',
  application: 'most of it: what the application does before it is Ready',
}

function stageLines(leadTime: LeadTime): string[] {
  const bottleneck = bottleneckOf(leadTime)
  const stage = (name: Stage, seconds: number | undefined): string[][] =>
    seconds === undefined
      ? []
      : [[`  ${name}`, `${seconds} s`, name === bottleneck ? STAGE_HINTS[name] : '']]
  const { youngNodeSeconds, youngNodeSamples } = leadTime
  const rows = [
    ...stage('scheduling', leadTime.schedulingSeconds),
    ...stage('image', leadTime.imageSeconds),
    ...stage('application', leadTime.applicationSeconds),
    ...(youngNodeSeconds === undefined
      ? []
      : [
          [
            '  young nodes',
            `${youngNodeSeconds} s`,
            `apart, ${counted(youngNodeSamples ?? 0, 'start-up')}`,
          ],
        ]),
  ]
  return aligned(rows, 3)
}

type Loads = NonNullable<PredictiveScalerStatus['highestLoadPerReplica']>

function loadLines(loads: Loads, nowMs: number): string[] {
  if (loads.length === 0) return []
  const rows = [
    ['  signal', 'stated', 'highest seen', 'at'],
    ...loads.map(({ signal, capacity, value, at }) => [
      `  ${signal}`,
      capacity,
      value,
      clock(at, nowMs),
    ]),
  ]
  const doubts = loads.flatMap((load) => disagreement(load) ?? [])
  return [
    '  What one Ready pod carries:',
    ...aligned(rows, 4),
    ...doubts.flatMap((doubt) => wrapped(doubt, '    ')),
  ]
}

function conditionLines(
  conditions: NonNullable<PredictiveScalerStatus['conditions']>,
  nowMs: number,
): string[] {
  if (conditions.length === 0) return []
  const rows = [
    ['  Type', 'Status', 'Reason', 'For', 'Message'],
    ...conditions.map(({ type, status, reason, lastTransitionTime, message }) => [
      `  ${type}`,
      status,
      reason,
      roughly((nowMs - Date.parse(lastTransitionTime)) / 1000),
      message,
    ]),
  ]
  return ['  Conditions:', ...aligned(rows, 5)]
}

/** `2026-11-25 08:55 UTC, in 12 m`: the day and the time, and how far off. */
function clock(instant: string, nowMs: number): string {
  const ms = Date.parse(instant)
  const text = new Date(ms).toISOString()
  const off = (ms - nowMs) / 1000
  const distance = off > 0 ? `in ${roughly(off)}` : `${roughly(-off)} ago`
  return `${text.slice(0, 10)} ${text.slice(11, 16)} UTC, ${distance}`
}

/** The two largest units are enough: `3 d 4 h`, `12 m 5 s`. */
function roughly(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const unit = whole >= 86_400 ? 3600 : whole >= 3600 ? 60 : 1
  return timeSpan(whole - (whole % unit))
}
