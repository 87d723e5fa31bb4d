import { type DestinationStream, type Logger, pino } from 'pino'

import { redact } from './redact.ts'
import { textStream } from './text-stream.ts'

export type Log = Logger

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export const LOG_FORMATS = ['json', 'text'] as const

export interface LogOptions {
  level: (typeof LOG_LEVELS)[number]
  /** json: one object a line, for machines. text: for a person at a terminal. */
  format: (typeof LOG_FORMATS)[number]
  nowMs: () => number
  /** Where lines go; stderr is left to crashes. */
  destination: DestinationStream
}

/**
 * The log. Messages follow Kubernetes' conventions for structured logging: a constant text that begins
 * with a capital and has no full stop, and everything that varies in fields of its own:
 * `log.info({ scaler: { namespace, name }, floor: 12 }, 'Raised floor')`.
 */
export function createLog({ level, format, nowMs, destination }: LogOptions): Log {
  return pino(
    {
      level,
      // The pod's name and process are known to whoever collects its log.
      base: null,
      timestamp: () => `,"time":"${new Date(nowMs()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: errorFields },
      hooks: { streamWrite: redact },
    },
    format === 'json' ? destination : textStream(destination),
  )
}

/** Only these: errors of HTTP clients carry whole requests, with their headers, in other fields. */
function errorFields(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) }
  const { name, message, stack, cause } = error
  const code = 'code' in error ? { code: error.code } : {}
  return { name, message, ...code, stack, ...(cause instanceof Error && { cause: cause.message }) }
}
