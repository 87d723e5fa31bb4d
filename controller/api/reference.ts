import { API_VERSION, KIND } from './schema.ts'
import { specSchema } from './spec.ts'
import { statusSchema } from './status.ts'
import { type StructuralSchema, structuralSchema } from './structural-schema.ts'

/** Every field of the API as Markdown tables: what it is called, takes, defaults to and means. */
export function referenceMarkdown(): string {
  return [
    `# ${KIND} \`${API_VERSION}\`: every field`,
    '',
    '<!-- Generated from controller/api by `make generate`. Change it there. -->',
    '',
    'A field without a default is optional unless it is marked **required**.',
    '',
    '## spec',
    '',
    ...table(structuralSchema(specSchema), 'spec'),
    '',
    '## status',
    '',
    ...table(structuralSchema(statusSchema), 'status'),
    '',
  ].join('\n')
}

function table(schema: StructuralSchema, path: string): string[] {
  return [
    '| field | type | default | meaning |',
    '| --- | --- | --- | --- |',
    ...rows(schema, path),
  ]
}

function rows(schema: StructuralSchema, path: string): string[] {
  const required = Array.isArray(schema['required']) ? (schema['required'] as unknown[]) : []
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const own = `${path}.${name}`
    const inside = field.items ?? field
    const below = rows(inside, field.items === undefined ? own : `${own}[]`)
    const missing = required.includes(name) ? '**required**' : defaultOf(field)
    const meaning = [field['description'], ...rules(field)].join(' ')
    return [`| \`${own}\` | ${typeOf(field)} | ${missing} | ${cell(meaning)} |`, ...below]
  })
}

function defaultOf(field: StructuralSchema): string {
  const value = field['default']
  if (value === undefined) return ''
  // An object: only what the rows of its own fields do not say.
  const own = Object.entries(field.properties ?? {}).filter(([, { default: said }]) => said)
  if (own.length > 0) return ''
  return JSON.stringify(value) === '{}' ? '' : `\`${JSON.stringify(value)}\``
}

function typeOf(field: StructuralSchema): string {
  if (field['x-kubernetes-int-or-string'] === true) return 'quantity'
  if (Array.isArray(field['enum'])) return field['enum'].map((value) => `\`${value}\``).join(', ')
  if (field.items !== undefined) return `list of ${typeOf(field.items)}s`
  if (field['format'] === 'date-time') return 'time (RFC 3339)'
  if (field['type'] !== 'integer') return String(field['type'])
  const [minimum, maximum] = [Number(field['minimum']), Number(field['maximum'])]
  if (Number.isNaN(minimum)) return 'integer'
  return Number.isNaN(maximum) ? `integer ≥ ${minimum}` : `integer, ${minimum} to ${maximum}`
}

/** What the API server checks beyond types, in the words in which it refuses. */
function rules(field: StructuralSchema): string[] {
  const validations = (field['x-kubernetes-validations'] ?? []) as {
    message: string
    fieldPath?: string
  }[]
  return validations.map(({ message, fieldPath }) => {
    const subject = fieldPath === undefined ? 'It' : `\`${fieldPath.slice(1)}\``
    return `${subject} ${message}.`
  })
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
