import { readFileSync } from 'node:fs'

import { closedSlots, lastClosedSlotSeconds } from '../prometheus/closed-slots.ts'
import { createPrometheusSource } from '../prometheus/prometheus-source.ts'
import { parseSources } from '../prometheus/sources-file.ts'
import type { MetricsSource, RangeAnswer } from '../reconcile/ports.ts'
import { EXIT, Failure } from './failure.ts'
import type { PrometheusOptions } from './prometheus-options.ts'

/** A stretch of a query as a recording: a CSV of slot starts, empty where there is no sample. */
export interface FetchedRecording {
  /** What it is called in messages and reports. */
  name: string
  csv: string
  slots: number
  /** What people should know of it, a line each. */
  remarks: string[]
}

/** Samples of a slot are there so long after it closed. */
const SETTLE_SECONDS = 5

/**
 * Asks for the closed slots of a window. Gaps stay gaps: nothing is filled in, and nothing is zero that was not.
 *
 * @throws Failure: the query is wrong (3), or the source cannot be reached or holds too little (4)
 */
export async function fetchRecording(
  options: PrometheusOptions,
  nowSeconds: number,
): Promise<FetchedRecording> {
  const { query, window, step } = options
  if (query === undefined) throw new Failure('--query is missing: what is to be asked?', EXIT.usage)
  if (!Number.isInteger(step) || window < 2 * step) {
    throw new Failure('--step must be whole seconds, and --window at least two of them', EXIT.usage)
  }
  const source = sourceOf(options)
  const until = Math.min(options.end ?? Infinity, nowSeconds - SETTLE_SECONDS)
  const lastSeconds = lastClosedSlotSeconds(until, step)
  const firstSeconds = lastSeconds - (Math.floor(window / step) - 1) * step
  const request = closedSlots(query, { firstSeconds, lastSeconds, stepSeconds: step })
  const answer = await source.range(request, new AbortController().signal)
  const { values, remarks } = valuesOf(answer, query)
  const first = values.findIndex((value) => !Number.isNaN(value))
  if (first === -1) {
    const message = `query '${query}': no number in the whole window. Check it in Prometheus, or ask for a longer --window`
    throw new Failure(message, EXIT.unavailable)
  }
  const last = values.findLastIndex((value) => !Number.isNaN(value))
  const startOf = (index: number): string =>
    new Date((firstSeconds + index * step) * 1000).toISOString().replace('.000Z', 'Z')
  if (first > 0) remarks.push(`note: nothing is known before ${startOf(first)}`)
  const kept = values.subarray(first, last + 1)
  const gaps = kept.filter((value) => Number.isNaN(value)).length
  if (gaps > 0)
    remarks.push(`warning: ${gaps} of ${kept.length} slots have no sample; they are left empty`)
  const rows = Array.from(kept, (value, i) =>
    Number.isNaN(value) ? `${startOf(first + i)},` : `${startOf(first + i)},${value}`,
  )
  return {
    name: `query '${query}'`,
    csv: `timestamp,value\n${rows.join('\n')}\n`,
    slots: kept.length,
    remarks,
  }
}

function valuesOf(answer: RangeAnswer, query: string): { values: Float64Array; remarks: string[] } {
  switch (answer.kind) {
    case 'values': {
      const remarks = answer.warnings.map((warning) => `warning: the source says: ${warning}`)
      if (answer.notFinite > 0) {
        remarks.push(
          `warning: ${answer.notFinite} samples are NaN or infinite; they are left empty`,
        )
      }
      return { values: answer.values, remarks }
    }
    case 'empty':
      throw new Failure(
        `query '${query}': the answer is empty. Check the query, and that the window has samples`,
        EXIT.unavailable,
      )
    case 'several': {
      const [one = '', other = ''] = answer.series
      throw new Failure(
        `query '${query}': more than one series (${one} and ${other}). Wrap it in sum()`,
        EXIT.input,
      )
    }
    case 'error': {
      const isQuery = answer.reason === 'BadQuery' || answer.reason === 'TooLarge'
      throw new Failure(answer.message, isQuery ? EXIT.input : EXIT.unavailable)
    }
  }
}

function sourceOf(options: PrometheusOptions): MetricsSource {
  const { prometheus, sources, source: name, tokenFile } = options
  if ((prometheus === undefined) === (sources === undefined)) {
    throw new Failure('give either --prometheus or --sources', EXIT.usage)
  }
  try {
    if (prometheus !== undefined) {
      return createPrometheusSource({
        url: prometheus,
        ...(tokenFile !== undefined && { bearerTokenFile: tokenFile }),
      })
    }
    return namedSource(sources ?? '', name)
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new Failure(error instanceof Error ? error.message : String(error), EXIT.usage)
  }
}

function namedSource(file: string, name: string): MetricsSource {
  const { sources, problems } = parseSources(readFileSync(file, 'utf8'), file)
  if (problems.length > 0) throw new Failure(problems.join('\nerror: '), EXIT.input)
  const found = sources.find((one) => one.name === name)
  if (found !== undefined) return createPrometheusSource(settingsOf(found))
  const names = sources.map((one) => one.name).join(', ')
  throw new Failure(`${file}: no source "${name}"; there are ${names}`, EXIT.usage)
}

function settingsOf(source: ReturnType<typeof parseSources>['sources'][number]) {
  const { url, bearerTokenFile, basicAuth, tls, headers } = source
  return {
    url,
    ...(bearerTokenFile !== undefined && { bearerTokenFile }),
    ...(basicAuth !== undefined && { basicAuth }),
    ...(tls !== undefined && { tls }),
    ...(headers !== undefined && { headers }),
  }
}
