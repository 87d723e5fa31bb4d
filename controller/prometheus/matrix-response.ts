import { z } from 'zod'

import { oneLine } from '../kubernetes/one-line.ts'
import type { SourceErrorReason } from '../reconcile/ports.ts'
import { SourceFault } from './source-fault.ts'

const failureSchema = z.object({
  status: z.literal('error'),
  errorType: z.string(),
  error: z.string(),
})

// `values` stays unchecked here: of ten thousand series only the labels of the first few are of interest.
const successSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('matrix'),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        values: z.unknown().optional(),
        histograms: z.unknown().optional(),
      }),
    ),
  }),
  warnings: z.array(z.string()).default([]),
  // VictoriaMetrics in a cluster says so of an answer that lacks a storage node (its docs, "Partial responses").
  isPartial: z.boolean().default(false),
})

const pointsSchema = z.array(
  z.tuple([
    z.number(),
    z.string().regex(/^(NaN|[+-]?Inf|[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?)$/i, 'not a sample value'),
  ]),
)

export interface Matrix {
  series: { labels: Record<string, string>; points: () => [seconds: number, value: string][] }[]
  warnings: string[]
}

/** Prometheus' own error body, whatever the HTTP status; undefined where the text is not one. */
export function parseFailure(text: string): SourceFault | undefined {
  return failureOf(parseJson(text))
}

function failureOf(json: unknown): SourceFault | undefined {
  const failure = failureSchema.safeParse(json)
  if (!failure.success) return undefined
  const { errorType, error } = failure.data
  const reason = reasonOf(errorType, error)
  return new SourceFault(reason, `${errorType}: ${oneLine(error, 300)}`, REMEDY[reason])
}

/**
 * The answer of `query_range` by its schema.
 *
 * @throws SourceFault for an error body, and for anything that is not what Prometheus answers.
 */
export function parseMatrix(text: string): Matrix {
  const json = parseJson(text)
  const failure = failureOf(json)
  if (failure !== undefined) throw failure
  const success = successSchema.safeParse(json)
  if (!success.success) throw notPrometheus(text)
  const { data, isPartial } = success.data
  const warnings = [...success.data.warnings, ...(isPartial ? ['the answer is partial'] : [])]
  const series = data.result.map(({ metric, values, histograms }) => ({
    labels: metric,
    points: () => parsePoints(values, histograms),
  }))
  return { series, warnings }
}

function parsePoints(values: unknown, histograms: unknown) {
  if (histograms !== undefined) {
    throw new SourceFault(
      'BadQuery',
      'the query gives native histograms',
      'make a number of them with histogram_count or histogram_quantile',
    )
  }
  const points = pointsSchema.safeParse(values)
  if (!points.success) throw notPrometheus(JSON.stringify(values))
  return points.data
}

export function notPrometheus(
  text: string,
  what = 'the answer is not that of Prometheus',
): SourceFault {
  const seen = oneLine(text, 60)
  return new SourceFault(
    'NotPrometheus',
    `${what} (${seen === '' ? 'it is empty' : `it begins '${seen}'`})`,
    'give the address under which /api/v1/query_range lies, without a login page before it',
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const REMEDY: Record<SourceErrorReason, string> = {
  BadQuery: 'correct the query',
  Timeout: 'make the query cheaper, with a recording rule for example',
  ServerError: 'see the log of Prometheus; it is asked again',
  Unauthorized: 'check the token file',
  Unreachable: 'check the address, DNS and network policies',
  NotPrometheus: 'check the address',
  TooLarge: 'make the query give one series, with sum() for example',
}

// Thanos and remote read report a store that is down as `execution` too: that is not the user's mistake.
function reasonOf(errorType: string, error: string): SourceErrorReason {
  switch (errorType) {
    case 'bad_data':
    case 'not_acceptable':
      return 'BadQuery'
    case 'execution':
      return /rpc error|unavailable|connection refused|remote.read/i.test(error)
        ? 'ServerError'
        : 'BadQuery'
    case 'timeout':
    case 'canceled':
      return 'Timeout'
    default:
      return 'ServerError'
  }
}
