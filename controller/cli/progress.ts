/** Told what is being done, and how much of it is done, in [0, 1]. */
export type Tell = (doing: string, share: number) => void

/** Where progress is drawn, and by which clock. */
export interface Terminal {
  stderr: { isTTY?: boolean; columns?: number; write: (text: string) => unknown }
  environment: Record<string, string | undefined>
  nowMs: () => number
}

/** What takes less than this is not worth a bar. */
const PATIENCE_MS = 1000
const REDRAW_MS = 100
const BAR_WIDTH = 24
const CLEAR_LINE = '\r\u001b[2K'

const HERE: Terminal = {
  stderr: process.stderr,
  environment: process.env,
  nowMs: () => performance.now(),
}

/**
 * Draws how far `work` has come, from a second on, and takes it away in the end. Only where a person
 * watches: stderr is a terminal that can, and this is no CI job.
 *
 * @param work does not let go of the thread: it is drawn when it tells
 */
export function whileWorking<Result>(
  what: string,
  work: (tell: Tell) => Result,
  terminal: Terminal = HERE,
): Result {
  const { stderr, environment, nowMs } = terminal
  const isWatched =
    stderr.isTTY === true && environment['CI'] === undefined && environment['TERM'] !== 'dumb'
  if (!isWatched) return work(() => undefined)
  let nextMs = nowMs() + PATIENCE_MS
  let drawings = 0
  const tell: Tell = (doing, share) => {
    const atMs = nowMs()
    if (atMs < nextMs) return
    nextMs = atMs + REDRAW_MS
    drawings++
    // A line that wraps could not be taken away again.
    const line = `${bar(share)}  ${doing}, ${what}`.slice(0, columnsOf(stderr) - 1)
    stderr.write(`${CLEAR_LINE}${line}`)
  }
  try {
    return work(tell)
  } finally {
    if (drawings > 0) stderr.write(CLEAR_LINE)
  }
}

/** A terminal may not know its own width. */
function columnsOf({ columns = 0 }: Terminal['stderr']): number {
  return columns > 0 ? columns : 80
}

function bar(share: number): string {
  const filled = Math.round(BAR_WIDTH * share)
  const percent = String(Math.floor(100 * share)).padStart(3)
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${percent} %`
}
