import type { Cluster } from './cluster.ts'

/** One file in scenarios/ exports one of these as `scenario`. It fails by throwing. */
export interface Scenario {
  name: string
  /** 900 when left out; then it has failed. */
  timeoutSeconds?: number
  /** It mostly waits, measures no short time and breaks nothing that others use: it may run beside its like. */
  beside?: boolean
  run: (cluster: Cluster) => Promise<void>
}

export function scenarioOf(module: unknown, file: string): Scenario {
  const exported = (module as { scenario?: Partial<Scenario> }).scenario
  if (typeof exported?.name !== 'string' || typeof exported.run !== 'function') {
    throw new Error(`${file} exports no scenario {name, run}`)
  }
  const { name, run, timeoutSeconds = 900, beside = false } = exported
  return { name, run, timeoutSeconds, beside }
}
