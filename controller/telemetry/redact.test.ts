import fc from 'fast-check'
import { expect, test } from 'vitest'

import { redact } from './redact.ts'

const secret = 'c2VjcmV0LXRva2VuLTEyMw=='

test.each([
  ['a header', { headers: { authorization: `Bearer ${secret}` } }],
  ['a header in capitals', { request: { options: { headers: { Authorization: secret } } } }],
  ['a header with several values', { headers: { 'Set-Cookie': [`a=${secret}`, 'b'] } }],
  ['raw headers', { rawHeaders: ['Authorization', `Bearer ${secret}`] }],
  ['a quoted text', { password: `with "quotes" ${secret}` }],
  ['a message', { msg: `401 for Basic ${secret}` }],
  ['a body in a body', { body: JSON.stringify({ authorization: `Bearer ${secret}` }) }],
  ['an address', { msg: `cannot reach https://user:${secret}@prometheus:9090/api` }],
])('%s is hidden, and the line stays JSON', (_, fields) => {
  const line = redact(JSON.stringify({ level: 'warn', ...fields }))
  expect(line).not.toContain(secret)
  expect(line).toContain('[redacted]')
  expect(JSON.parse(line)).toMatchObject({ level: 'warn' })
})

test.each([
  'Basic authentication failed',
  'https://prometheus:9090/api?query=sum(rate(x[2m]))',
  'tokens left: 3',
])('%j stays readable', (msg) => {
  expect(redact(JSON.stringify({ msg }))).toBe(JSON.stringify({ msg }))
})

test('any line of JSON stays JSON', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('token', 'msg', 'a'), fc.string()), (fields) => {
      expect(Object.keys(JSON.parse(redact(JSON.stringify(fields))) as object)).toEqual(
        Object.keys(fields),
      )
    }),
  )
})
