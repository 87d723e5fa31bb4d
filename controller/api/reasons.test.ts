import { expect, test } from 'vitest'

import { CONDITION_REASONS, EVENT_REASONS } from './reasons.ts'

test.each(Object.entries({ ...CONDITION_REASONS, ...EVENT_REASONS }))(
  '%s is one word, explained in one line',
  (reason, explanation) => {
    expect(reason).toMatch(/^[A-Z][A-Za-z]+$/)
    expect(explanation).toMatch(/^[A-Z][^\n]{10,110}\.$/)
  },
)
