import { setTimeout as sleep } from 'node:timers/promises'

/** What a probe answers while the awaited is not so yet: what it saw instead. */
class NotYet {
  readonly seen: string

  constructor(seen: string) {
    this.seen = seen
  }
}

export function notYet(seen: unknown): NotYet {
  return new NotYet(typeof seen === 'string' ? seen : JSON.stringify(seen))
}

/** Asks `probe` until it gives a value; a throw counts as not yet. Fails with what it saw last. */
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
      if (!(value instanceof NotYet)) return value
      last = value.seen
    } catch (error) {
      last = error instanceof Error ? error.message : String(error)
    }
    await sleep(everyMs)
  } while (performance.now() - start < seconds * 1000)
  throw new Error(`expected within ${seconds} s: ${what}\n  seen last: ${last}`)
}
