import fc from 'fast-check'
import { expect, test } from 'vitest'

import { selects } from './label-selector.ts'
import { parseSelector } from './parse-selector.ts'

test.each([
  ['app=web', { app: 'web' }, true],
  ['app==web', { app: 'web' }, true],
  ['app=web', { app: 'shop' }, false],
  ['app!=web', {}, true],
  ['app!=web', { app: 'web' }, false],
  ['app=web,tier in (a, b)', { app: 'web', tier: 'b' }, true],
  ['app=web,tier in (a,b)', { app: 'web', tier: 'c' }, false],
  ['tier notin (a)', { tier: 'a' }, false],
  ['app.kubernetes.io/name=web', { 'app.kubernetes.io/name': 'web' }, true],
  ['canary', { canary: '' }, true],
  ['!canary', { canary: '' }, false],
  ['app=', { app: '' }, true],
])('%s on %o: %s', (text, labels, fits) => {
  const selector = parseSelector(text)
  expect(selector !== null && selects(selector, labels)).toBe(fits)
})

test.each(['', ' ', 'a b', 'a=b,,c', 'a in b', 'a>1', '=web'])(
  '%o is nobody’s selector',
  (text) => {
    expect(parseSelector(text)).toBeNull()
  },
)

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => parseSelector(text)).not.toThrow()
    }),
  )
})
