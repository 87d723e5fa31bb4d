import { expect, test } from 'vitest'

import { suggest } from './suggest.ts'

const fields = ['minReplicas', 'maxReplicas', 'mode', 'demand', 'leadTime']

test.each([
  ['minReplica', 'minReplicas'],
  ['MINREPLICAS', 'minReplicas'],
  ['maxreplicas', 'maxReplicas'],
  ['leedTime', 'leadTime'],
  ['demands', 'demand'],
  ['bounds', undefined],
  ['x', undefined],
  ['', undefined],
])('%s was meant to be %s', (written, meant) => {
  expect(suggest(written, fields)).toBe(meant)
})
