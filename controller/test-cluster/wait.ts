import { setTimeout as sleep } from 'node:timers/promises'

/** What a probe answers while the awaited is not so yet; shown when time runs out. */
export interface NotYet {
  not: unknown
}

function isNotYet(value: unknown): value is NotYet {
  return typeof value === 'object' && value !== null && 'not' in value
}

/** Asks `probe` until it gives a value; a throw counts as not yet. Fails with what was seen last. */
export async function waitFor<T>(
  what: string,
  seconds: number,
  probe: () => Promise<T | NotYet>,
  everyMs = 250,
): Promise<T> {
  const start = performance.now()
  let last = 'nothing'
  do {
    try {
      const value = await probe()
      if (!isNotYet(value)) return value
      last = show(value.not)
    } catch (error) {
      last = error instanceof Error ? error.message : String(error)
    }
    await sleep(everyMs)
  } while (performance.now() - start < seconds * 1000)
  throw new Error(`expected within ${seconds} s: ${what}\n  seen last: ${last}`)
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
