import { httpGet } from '../http-get.ts'
import type { Sample } from '../prometheus.ts'

/** Every stored sample of one series over the last `seconds`, as it was scraped: nothing is evaluated. */
export async function rawSamples(url: string, series: string, seconds: number): Promise<Sample[]> {
  const query = new URLSearchParams({ query: `${series}[${Math.ceil(seconds)}s]` })
  const answer = await httpGet(`${url}/api/v1/query?${query.toString()}`, 30_000)
  const { data } = JSON.parse(answer.body) as { data: { result: { values: [number, string][] }[] } }
  const [only, ...more] = data.result
  if (more.length > 0) throw new Error(`${series} is ${more.length + 1} series`)
  return only?.values.map(([at, value]) => ({ at, value: Number(value) })) ?? []
}
