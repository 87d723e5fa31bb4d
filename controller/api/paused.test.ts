import { expect, test } from 'vitest'

import { isPaused } from './paused.ts'

test.each([
  [undefined, false],
  [{}, false],
  [{ 'foresail.dev/paused': 'false' }, false],
  [{ 'foresail.dev/paused': 'true' }, true],
  [{ 'foresail.dev/paused': 'yes' }, true],
  [{ 'foresail.dev/paused': '' }, true],
])('%o pauses: %s', (annotations, paused) => {
  expect(isPaused(annotations)).toBe(paused)
})
