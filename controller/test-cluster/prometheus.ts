import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Binaries } from './binaries.ts'
import { removeAtExit } from './children.ts'
import { freePort } from './free-port.ts'
import type { HistorySeries } from './history.ts'
import { backfill } from './history.ts'
import { answersOk, httpGet } from './http-get.ts'
import type { RunningProcess } from './process.ts'
import { startProcess } from './process.ts'
import { say, seconds } from './say.ts'

export interface ScrapeTarget {
  job: string
  /** host:port, path /metrics. */
  address: string
  /** Without job and instance, so that live samples continue backfilled series. */
  withoutTargetLabels?: boolean
}

export interface PrometheusOptions {
  targets: readonly ScrapeTarget[]
  history?: readonly HistorySeries[]
  /** 7 when left out. */
  historyDays?: number
}

export interface Sample {
  /** Milliseconds since 1970. */
  at: number
  value: number
}

export interface PrometheusServer {
  /** The same after a restart. */
  url: string
  process: () => RunningProcess | undefined
  stop: () => Promise<void>
  /** Starts it again; `empty` throws away everything it knew. Stops it first where it runs. */
  restart: (options?: { empty?: boolean }) => Promise<void>
  /** The one series of an instant query; undefined where there is none. */
  query: (query: string) => Promise<number | undefined>
  /** The one series of a range query, times in milliseconds since 1970. */
  queryRange: (query: string, from: number, to: number, stepSeconds: number) => Promise<Sample[]>
}

/** A real Prometheus on a free port, scraping every second, with history where wanted. */
export async function startPrometheus(
  binaries: Binaries,
  logFolder: string,
  options: PrometheusOptions,
): Promise<PrometheusServer> {
  const begun = performance.now()
  const folder = await mkdtemp(join(tmpdir(), 'foresail-prometheus-'))
  removeAtExit(folder)
  const data = join(folder, 'data')
  await mkdir(data)
  const config = join(folder, 'prometheus.json')
  await writeFile(config, JSON.stringify(scrapeConfig(options.targets)))
  const history = options.history ?? []
  if (history.length > 0) {
    await backfill(binaries.promtool, data, history, options.historyDays ?? 7)
    say(`  Prometheus: ${history.length} series of history written in ${seconds(begun)}`)
  }
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const start = (): Promise<RunningProcess> =>
    startProcess({
      name: 'prometheus',
      command: binaries.prometheus,
      args: [
        ...[`--config.file=${config}`, `--storage.tsdb.path=${data}`, '--log.level=warn'],
        ...['--storage.tsdb.retention.time=10y', `--web.listen-address=127.0.0.1:${port}`],
      ],
      logFile: join(logFolder, 'prometheus.log'),
      ready: () => answersOk(`${url}/-/ready`),
    })
  let process: RunningProcess | undefined = await start()
  say(`Prometheus up in ${seconds(begun)}`)

  return {
    url,
    process: () => process,
    stop: async () => {
      await process?.stop()
      process = undefined
    },
    restart: async ({ empty = false } = {}) => {
      await process?.stop()
      if (empty) {
        await rm(data, { recursive: true, force: true })
        await mkdir(data)
      }
      process = await start()
    },
    query: async (query) => {
      const [series] = await ask(`${url}/api/v1/query`, { query })
      return series?.value === undefined ? undefined : Number(series.value[1])
    },
    queryRange: async (query, from, to, stepSeconds) => {
      const [series, ...more] = await ask(`${url}/api/v1/query_range`, {
        ...{ query, step: String(stepSeconds) },
        ...{ start: String(from / 1000), end: String(to / 1000) },
      })
      if (more.length > 0) throw new Error(`${query} gives ${more.length + 1} series, not one`)
      return series?.values?.map(([at, value]) => ({ at: at * 1000, value: Number(value) })) ?? []
    },
  }
}

function scrapeConfig(targets: readonly ScrapeTarget[]): unknown {
  return {
    global: { scrape_interval: '1s', scrape_timeout: '1s' },
    scrape_configs: targets.map((target) => ({
      job_name: target.job,
      honor_labels: true,
      static_configs: [{ targets: [target.address] }],
      ...(target.withoutTargetLabels === true && {
        metric_relabel_configs: [{ action: 'labeldrop', regex: 'job|instance' }],
      }),
    })),
  }
}

interface Series {
  value?: [number, string]
  values?: [number, string][]
}

async function ask(url: string, parameters: Record<string, string>): Promise<Series[]> {
  const answer = await httpGet(`${url}?${new URLSearchParams(parameters).toString()}`, 30_000)
  if (answer.status !== 200) throw new Error(`Prometheus answered ${answer.status}: ${answer.body}`)
  const { data } = JSON.parse(answer.body) as { data: { result: Series[] } }
  return data.result
}
