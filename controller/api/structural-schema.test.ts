import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'

import { customResourceDefinitionYaml } from './custom-resource-definition.ts'
import { referenceMarkdown } from './reference.ts'
import { structuralSchema } from './structural-schema.ts'
import { troubleshootingMarkdown } from './troubleshooting.ts'

const crds = join(import.meta.dirname, '../../crds')

test.each([
  ['predictivescalers.foresail.dev.yaml', customResourceDefinitionYaml],
  ['reference.md', referenceMarkdown],
  ['troubleshooting.md', troubleshootingMarkdown],
])('crds/%s is up to date: else run make generate', async (file, text) => {
  expect(await readFile(join(crds, file), 'utf8')).toBe(text())
})

test.each([
  ['a union', z.union([z.string(), z.int()])],
  ['a record', z.record(z.string(), z.string())],
  ['a pattern', z.string().regex(/x/)],
  ['an exclusive bound', z.int().gt(3)],
])('%s is refused: the API server would refuse it later, or it lacks words', (_, schema) => {
  expect(() => structuralSchema(z.strictObject({ field: schema }))).toThrow('.field')
})

test('an object that may be left out has the defaults of its fields', () => {
  const inner = z.strictObject({ seconds: z.int32().default(3), name: z.string().optional() })
  const schema = structuralSchema(z.strictObject({ inner: inner.prefault({}) }))
  expect(schema.properties?.['inner']).toEqual({
    type: 'object',
    default: { seconds: 3 },
    properties: {
      seconds: { type: 'integer', format: 'int32', default: 3 },
      name: { type: 'string' },
    },
  })
})
