import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { runCommand } from './command.ts'
import { seriesText } from './exposition.ts'

const STEP_MS = 60_000

export interface HistorySeries {
  name: string
  labels: Record<string, string>
  /** The value at a time in milliseconds since 1970; undefined leaves a gap. */
  value: (at: number) => number | undefined
}

/** Writes `days` of samples, one a minute up to now, as blocks into a Prometheus data folder. */
export async function backfill(
  promtool: string,
  dataFolder: string,
  series: readonly HistorySeries[],
  days: number,
): Promise<void> {
  const end = Math.floor(Date.now() / STEP_MS) * STEP_MS
  const steps = Math.round((days * 86_400_000) / STEP_MS)
  const lines: string[] = []
  for (const name of new Set(series.map((one) => one.name))) {
    lines.push(`# TYPE ${name} gauge`)
    for (const one of series.filter((candidate) => candidate.name === name)) {
      const text = seriesText(name, one.labels)
      for (let step = steps; step >= 0; step -= 1) {
        const at = end - step * STEP_MS
        const value = one.value(at)
        if (value !== undefined) lines.push(`${text} ${value} ${at / 1000}`)
      }
    }
  }
  lines.push('# EOF', '')
  const file = join(dataFolder, '..', 'history.om')
  await writeFile(file, lines.join('\n'))
  // Long blocks: Prometheus would otherwise spend its first minutes joining 84 short ones.
  await runCommand(promtool, [
    ...['tsdb', 'create-blocks-from', '--max-block-duration=162h', 'openmetrics', file, dataFolder],
  ])
}
