import fc from 'fast-check'
import { expect, test } from 'vitest'

import { changed, REFUSED, smallestScaler } from './admission-cases.ts'
import { readStored } from './stored-scaler.ts'

test('what is well is as parseScaler has it', () => {
  expect(readStored(smallestScaler()).valid).toBe(true)
})

test.each(REFUSED.map((refused) => [refused.at, refused] as const))(
  'a stored object with a wrong %s keeps its name and says why',
  (_, refused) => {
    const { valid, scaler } = readStored(changed(refused))
    expect(valid).toBe(false)
    expect(scaler.metadata.name).toBe('shop-web')
    expect('problems' in scaler && scaler.problems.length).toBeGreaterThan(0)
  },
)

test('whatever stands in spec and status: it is read', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (spec, status) => {
      const { metadata } = smallestScaler()
      const { valid, scaler } = readStored({ ...smallestScaler(), metadata, spec, status })
      expect(valid).toBe(false)
      expect('actuator' in scaler && scaler.actuator.type).toBe('HorizontalPodAutoscaler')
    }),
  )
})

test('what it may have moved is read beside what is wrong', () => {
  const object = changed({ at: 'spec.maxReplicas', value: 1e9 })
  const guarded = {
    ...object,
    spec: { ...(object['spec'] as object), reactive: { guard: { metric: 'cpu' } } },
  }
  expect(readStored(guarded)).toMatchObject({
    scaler: { actuator: { name: 'shop-web' }, guardMetric: 'cpu' },
  })
})
