import { type Command, InvalidArgumentError, Option } from 'commander'

import { parseStamp } from '../recordings/stamp.ts'
import { duration } from './option-values.ts'

/** A stretch of a Prometheus query in place of a file; durations and times in seconds. */
export interface PrometheusOptions {
  prometheus?: string
  sources?: string
  source: string
  tokenFile?: string
  query?: string
  window: number
  end?: number
  step: number
}

export function addPrometheusOptions(command: Command): void {
  const options = [
    new Option('--prometheus <url>', 'ask this Prometheus (Thanos, Mimir, VictoriaMetrics)'),
    new Option('--sources <file>', "or a source of the controller's own list"),
    new Option('--source <name>', 'which one of --sources').default('default'),
    new Option('--token-file <file>', 'bearer token for --prometheus'),
    new Option('--query <promql>', 'what to ask: one series, the total load of the workload'),
    new Option('--window <duration>', 'how far back')
      .argParser(duration)
      .default(14 * 86_400, '14d'),
    new Option('--end <time>', 'until when: RFC 3339 or epoch seconds (without it: now)').argParser(
      instant,
    ),
    new Option('--step <duration>', 'one value each').argParser(duration).default(60, '60s'),
  ]
  for (const option of options) command.addOption(option)
}

export function instant(text: string): number {
  const milliseconds = parseStamp(text)
  if (milliseconds !== null) return milliseconds / 1000
  throw new InvalidArgumentError('Write a time such as 2026-11-24T08:00:00Z, or epoch seconds.')
}
