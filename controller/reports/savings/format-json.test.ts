import { describe, expect, it } from 'vitest'

import { morning } from './example-savings.ts'
import { formatJson } from './format-json.ts'

describe('formatJson', () => {
  it('is stable: a change of the golden file is a change for whoever reads it', async () => {
    await expect(formatJson(morning())).toMatchFileSnapshot('format-json.golden.json')
  })
})
