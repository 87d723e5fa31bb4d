import type { DestinationStream } from 'pino'

/** Turns the log's JSON lines into `12:00:00 WARN  Lost watch reason=Timeout`. */
export function textStream(out: DestinationStream): DestinationStream {
  return {
    write: (line) => {
      out.write(textLine(line))
    },
  }
}

function textLine(line: string): string {
  const { level, time, msg, err, ...fields } = JSON.parse(line) as Record<string, unknown>
  const begin = `${String(time).slice(11, 19)} ${String(level).toUpperCase().padEnd(5)} ${text(msg)}`
  const pairs = Object.entries(fields).map(([name, value]) => ` ${name}=${text(value)}`)
  return `${begin}${pairs.join('')}${stackOf(err)}\n`
}

function stackOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  const { stack, message } = error as { stack?: unknown; message?: unknown }
  return `\n  ${text(stack ?? message).replaceAll('\n', '\n  ')}`
}

function text(value: unknown): string {
  if (typeof value === 'string') return value
  if (isObjectName(value)) return `${value.namespace}/${value.name}`
  return value === undefined ? '' : JSON.stringify(value)
}

function isObjectName(value: unknown): value is { namespace: string; name: string } {
  return typeof value === 'object' && value !== null && 'namespace' in value && 'name' in value
}
