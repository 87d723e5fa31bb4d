import { ApiException } from '@kubernetes/client-node'
import { describe, expect, it } from 'vitest'

import { errorOfAnswer, KubernetesError, kubernetesError } from './errors.ts'

const status = (message: string, more: object = {}) =>
  JSON.stringify({ kind: 'Status', message, ...more })

describe('errorOfAnswer', () => {
  it.each([
    [400, 'Invalid'],
    [401, 'AccessDenied'],
    [403, 'AccessDenied'],
    [404, 'NotFound'],
    [408, 'Unreachable'],
    [409, 'Conflict'],
    [410, 'Gone'],
    [422, 'Invalid'],
    [429, 'TooManyRequests'],
    [500, 'Unreachable'],
    [503, 'Unreachable'],
    [504, 'Unreachable'],
  ])('HTTP %d is %s', (code, reason) => {
    const error = errorOfAnswer(code, {}, status('it says so'), 'get pods')
    expect(error).toMatchObject({ reason, status: code })
    expect(error.message).toContain(`get pods: it says so (HTTP ${code})`)
  })

  it.each([
    [{ 'retry-after': '7' }, '', 7],
    [{}, status('', { details: { retryAfterSeconds: 3 } }), 3],
    [{ 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, '', undefined],
    [{}, '', undefined],
  ])('keeps how long to wait: %j %s', (headers, text, seconds) => {
    expect(errorOfAnswer(429, headers as never, text, 'x').retryAfterSeconds).toBe(seconds)
  })

  it('is one line of bounded length, whatever a proxy answers', () => {
    const { message } = errorOfAnswer(502, {}, `<html>\n${'x\n'.repeat(5000)}`, 'get pods')
    expect(message).not.toContain('\n')
    expect(message.length).toBeLessThan(400)
  })
})

describe('kubernetesError', () => {
  it.each([
    ['text', status('pods "a" not found')],
    ['an object', { message: 'pods "a" not found' }],
  ])('reads what a typed client throws, its body as %s', (_name, body) => {
    const error = kubernetesError(new ApiException(404, 'Unknown', body, {}), 'get pod a')
    expect(error).toMatchObject({ reason: 'NotFound' })
    expect(error.message).toBe('get pod a: pods "a" not found (HTTP 404)')
  })

  it('survives a body that is not there', () => {
    const error = kubernetesError(new ApiException(401, 'Unauthorized', undefined, {}), 'get x')
    expect(error.message).toBe('get x: no more is said (HTTP 401); renew the credentials')
  })

  it.each([
    new TypeError('fetch failed', {
      cause: Object.assign(new Error('no'), { code: 'ECONNREFUSED' }),
    }),
    new DOMException('no answer within 10 s', 'TimeoutError'),
    new SyntaxError('Unexpected token <'),
    'a string',
  ])('anything else is Unreachable: %s', (thrown) => {
    expect(kubernetesError(thrown, 'get x')).toMatchObject({ reason: 'Unreachable' })
  })

  it('leaves its own kind as it is', () => {
    const error = new KubernetesError('Gone', 'x')
    expect(kubernetesError(error, 'again')).toBe(error)
  })
})
