import { expect, test } from 'vitest'

import { columnTexts, PRINTER_COLUMNS } from './printer-columns.ts'

const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop-web' } as const

test('the columns are those of the design', () => {
  expect(PRINTER_COLUMNS.map(({ name }) => name).join(' ')).toBe(
    'TARGET MODE MIN NOW NEXT AT MAX LEAD READY FALLBACK AGE',
  )
})

test('texts are in UTC and in seconds', () => {
  const next = { replicas: 31, at: '2026-12-01T10:55:00+02:00' }
  const leadTime = { seconds: 74, samples: 40, source: 'Learned' } as const
  expect(columnTexts(target, { next, leadTime })).toEqual({
    target: 'Deployment/shop-web',
    at: '08:55',
    lead: '74s',
  })
})

test('what is not known is left out', () => {
  expect(columnTexts(target, {})).toEqual({ target: 'Deployment/shop-web' })
})
