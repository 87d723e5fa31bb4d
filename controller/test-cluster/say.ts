const begun = performance.now()

/** One line of progress, with the time since the harness started. */
export function say(text: string): void {
  process.stdout.write(`[${((performance.now() - begun) / 1000).toFixed(1).padStart(6)}] ${text}\n`)
}

export function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}
