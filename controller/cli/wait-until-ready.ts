import { KubernetesError } from '../kubernetes/errors.ts'
import type { Timing } from '../kubernetes/timing.ts'
import { isReady, readyOf, type ScalerReport } from '../reports/status/scaler-report.ts'

const POLL_MS = 2_000

/** The wait was in vain; the message says what was seen last. */
export class NotReadyError extends Error {}

export interface WaitInput {
  /** One reading; what it throws for a server that is away for a moment is tried again. */
  read: (signal: AbortSignal) => Promise<ScalerReport>
  timing: Timing
  timeoutSeconds: number
  /** Hears what is waited for, once for each change. */
  say: (line: string) => void
}

/**
 * Reads until the scaler is Ready by its newest spec.
 *
 * @throws NotReadyError after the timeout; what `read` throws for an object that is not there, or not allowed
 */
export async function waitUntilReady(input: WaitInput, signal: AbortSignal): Promise<ScalerReport> {
  const { timing, timeoutSeconds, say } = input
  const endsAtMs = timing.monotonicMs() + timeoutSeconds * 1000
  let said = ''
  for (;;) {
    const seen = await readOnce(input, signal)
    if (typeof seen === 'object' && isReady(seen)) return seen
    const line = typeof seen === 'string' ? seen : wordsFor(seen)
    if (line !== said) say(line)
    said = line
    const leftMs = endsAtMs - timing.monotonicMs()
    if (leftMs <= 0) throw new NotReadyError(`not Ready after ${timeoutSeconds} s: ${line}`)
    await timing.sleep(Math.min(POLL_MS, leftMs), signal)
  }
}

async function readOnce({ read }: WaitInput, signal: AbortSignal): Promise<ScalerReport | string> {
  try {
    return await read(signal)
  } catch (error) {
    const passes =
      error instanceof KubernetesError &&
      (error.reason === 'Unreachable' || error.reason === 'TooManyRequests')
    if (!passes) throw error
    return error.message
  }
}

function wordsFor(report: ScalerReport): string {
  const ready = readyOf(report)
  if (report.status === null || ready === undefined) return 'the controller has said nothing yet'
  if (!report.current) return 'the controller has not acted on the newest spec yet'
  return `${ready.reason}: ${ready.message}`
}
