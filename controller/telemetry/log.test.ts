import { expect, test } from 'vitest'

import { createLog, type LogOptions } from './log.ts'

const scaler = { namespace: 'shop', name: 'web' }

function recorded(options: Partial<LogOptions>) {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const nowMs = () => Date.UTC(2026, 10, 24, 12, 0, 5)
  const log = createLog({ level: 'info', format: 'json', nowMs, destination, ...options })
  return { log, lines }
}

test('a line is one JSON object with the time given, the level as a word, and the fields', () => {
  const { log, lines } = recorded({})
  log.info({ scaler, floor: 12 }, 'Raised floor')
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 'info',
    time: '2026-11-24T12:00:05.000Z',
    scaler,
    floor: 12,
    msg: 'Raised floor',
  })
})

test('levels below the asked one are not written', () => {
  const { log, lines } = recorded({ level: 'warn' })
  log.info('Started')
  log.warn('Lost watch')
  expect(lines).toHaveLength(1)
})

test('an error shows what it is and not the request it carries', () => {
  const { log, lines } = recorded({})
  const request = { headers: { authorization: 'Bearer abcdefgh' } }
  const error = Object.assign(new Error('refused: Bearer abcdefgh'), { code: 401, request })
  log.error({ err: error }, 'Failed to write')
  expect(lines[0]).not.toContain('abcdefgh')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    err: { name: 'Error', message: 'refused: Bearer [redacted]', code: 401 },
  })
})

test('what was thrown and is no error is shown too', () => {
  const { log, lines } = recorded({})
  log.error({ err: 'just text' }, 'Failed')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ err: { message: 'just text' } })
})

test('text is for people', () => {
  const { log, lines } = recorded({ format: 'text' })
  log.info({ scaler, floor: 12, why: 'Predicted' }, 'Raised floor')
  log.warn('Lost watch')
  expect(lines).toEqual([
    '12:00:05 INFO  Raised floor scaler=shop/web floor=12 why=Predicted\n',
    '12:00:05 WARN  Lost watch\n',
  ])
})

test('text shows the stack of an error below, with secrets hidden', () => {
  const { log, lines } = recorded({ format: 'text' })
  log.error({ err: new Error('Bearer abcdefgh') }, 'Failed')
  expect(lines[0]).toMatch(/^12:00:05 ERROR Failed\n {2}Error: Bearer \[redacted\]\n {6}at /)
})
