import { expect, test } from 'vitest'

import { PRINTER_COLUMNS } from './printer-columns.ts'

test('the columns are those of the design', () => {
  expect(PRINTER_COLUMNS.map(({ name }) => name).join(' ')).toBe(
    'TARGET MODE MIN NOW NEXT AT MAX LEAD READY FALLBACK AGE',
  )
})
