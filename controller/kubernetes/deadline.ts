/**
 * Runs `run` under a deadline of `milliseconds` that also ends when `signal` aborts. The promise settles
 * then even where `run` does not listen (a hanging credential plugin, a body that trickles).
 *
 * The signals are joined by hand: AbortSignal.any keeps every child of a long-lived signal alive
 * (nodejs/node#54614).
 *
 * @throws TimeoutError (a DOMException) after the deadline, the signal's reason when it aborts.
 */
export async function withDeadline<T>(
  signal: AbortSignal,
  milliseconds: number,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted()
  const controller = new AbortController()
  const forward = () => {
    controller.abort(signal.reason)
  }
  signal.addEventListener('abort', forward, { once: true })
  const timer = setTimeout(() => {
    controller.abort(new DOMException(`no answer within ${milliseconds / 1000} s`, 'TimeoutError'))
  }, milliseconds)
  try {
    return await Promise.race([run(controller.signal), rejectOnAbort(controller.signal)])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', forward)
  }
}

/** Never resolves; rejects with the signal's reason. */
export function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = () => {
      reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)))
    }
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  })
}
