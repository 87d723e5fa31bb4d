import { z } from 'zod'

import { DEFAULT_NOT_STORED } from './schema-node.ts'

/** A node of a structural OpenAPI v3 schema, as CustomResourceDefinitions want it. */
export interface StructuralSchema {
  [keyword: string]: unknown
  properties?: Record<string, StructuralSchema>
  items?: StructuralSchema
}

/**
 * The keywords in the order they are written. A keyword that is not here is not known to be structural:
 * whoever needs it looks it up and adds it.
 */
const KEYWORDS = [
  'description',
  'type',
  'format',
  'default',
  'enum',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'anyOf',
  'x-kubernetes-int-or-string',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-validations',
  'required',
  'properties',
  'items',
]

/**
 * The structural schema of what people may write (defaults are optional).
 *
 * @throws Error when the zod schema says something that a structural schema cannot
 */
export function structuralSchema(schema: z.ZodType): StructuralSchema {
  const json = z.toJSONSchema(schema, {
    io: 'input',
    target: 'openapi-3.0',
    reused: 'inline',
    cycles: 'throw',
    unrepresentable: 'throw',
  })
  return structural(json as StructuralSchema, '')
}

function structural(node: StructuralSchema, path: string): StructuralSchema {
  const said = { ...node, ...integerFormat(node) }
  // The API server prunes unknown fields by itself and refuses this beside properties.
  if (said['additionalProperties'] === false) delete said['additionalProperties']
  if (said['x-kubernetes-preserve-unknown-fields'] === true) delete said['additionalProperties']
  if (said[DEFAULT_NOT_STORED] === true) delete said['default']
  Reflect.deleteProperty(said, DEFAULT_NOT_STORED)
  // The format says it, and the API server knows the format.
  if (said['format'] === 'date-time') delete said['pattern']
  if (said['x-kubernetes-int-or-string'] === true) {
    // This very spelling is the only union of types that is structural.
    said['anyOf'] = [{ type: 'integer' }, { type: 'string' }]
  } else if (said['anyOf'] !== undefined) {
    throw new Error(`${path}: a union is not structural`)
  }
  if (said.properties !== undefined) {
    said.properties = Object.fromEntries(
      Object.entries(said.properties).map(([name, below]) => [
        name,
        structural(below, `${path}.${name}`),
      ]),
    )
  }
  if (said.items !== undefined) said.items = structural(said.items, `${path}[]`)
  if (isObject(said['default'])) said['default'] = withDefaultsBelow(said['default'], said)
  return inOrder(said, path)
}

/** The API server checks a default against the rules before it fills in what lies below. */
function withDefaultsBelow(written: object, node: StructuralSchema): object {
  const below = Object.entries(node.properties ?? {})
    .filter(([, field]) => field['default'] !== undefined)
    .map(([name, field]) => [name, field['default']])
  return { ...(Object.fromEntries(below) as object), ...written }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function inOrder(node: StructuralSchema, path: string): StructuralSchema {
  const strange = Object.keys(node).filter((keyword) => !KEYWORDS.includes(keyword))
  if (strange.length > 0) throw new Error(`${path}: ${strange.join(', ')} is not structural`)
  return Object.fromEntries(
    KEYWORDS.filter((keyword) => node[keyword] !== undefined).map((keyword) => [
      keyword,
      node[keyword],
    ]),
  )
}

/** zod spells the width of an integer as bounds; OpenAPI has a format for it. */
function integerFormat(node: StructuralSchema): StructuralSchema {
  if (node['type'] !== 'integer') return {}
  const { minimum, maximum } = node
  const fits = typeof maximum === 'number' && maximum < 2 ** 31
  return {
    format: fits ? 'int32' : 'int64',
    minimum: minimum === -(2 ** 31) || minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum,
    maximum: maximum === 2 ** 31 - 1 || maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum,
  }
}
