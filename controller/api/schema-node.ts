import { z } from 'zod'

/** A rule that the value alone decides, said once: the API server runs `cel`, Foresail runs `holds`. */
export interface Rule<Value> {
  /** Common Expression Language over `self`, for `x-kubernetes-validations`. */
  cel: string
  holds: (value: Value) => boolean
  /** What is wrong and what to write instead; follows the field's path and a colon. */
  message: string
  /** The field below this node that is to blame, where it is not the node itself. */
  field?: string
}

const VALIDATIONS = 'x-kubernetes-validations'

export function withRule<Schema extends z.ZodType>(
  schema: Schema,
  rule: Rule<z.output<Schema>>,
): Schema {
  const { cel, message, field } = rule
  const earlier = schema.meta()?.[VALIDATIONS]
  const validation = { rule: cel, message, ...(field !== undefined && { fieldPath: `.${field}` }) }
  return schema
    .refine((value) => rule.holds(value), {
      message,
      path: field === undefined ? [] : [field],
      // Like the API server: a rule over fields that are wrong themselves would only add noise.
      when: ({ issues }) => issues.length === 0,
    })
    .meta({ [VALIDATIONS]: [...(Array.isArray(earlier) ? (earlier as object[]) : []), validation] })
}

/** A list whose items are told apart by one field, for the API server (`kubectl apply`) as for us. */
export function listByKey<Key extends string, Item extends z.ZodType<Record<Key, string>>>(
  item: Item,
  key: Key,
  maxItems: number,
) {
  return z
    .array(item)
    .max(maxItems)
    .superRefine((items, context) => {
      items.forEach((entry, index) => {
        const first = items.findIndex((other) => other[key] === entry[key])
        if (first === index) return
        const message = `"${entry[key]}" is taken by item ${first}; give every item its own ${key}`
        context.addIssue({ code: 'custom', message, path: [index, key] })
      })
    })
    .meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': [key] })
}

/** On a node whose default Foresail fills in when it reads, and the API server does not store. */
export const DEFAULT_NOT_STORED = 'x-foresail-default-not-stored'

/**
 * A default for a node of which exactly one field may be set. Were it stored, `kubectl apply` would
 * later merge it with the field that a person chose, and the object would be refused for having two.
 */
export function choiceWithDefault<Schema extends z.ZodType>(
  schema: Schema,
  value: z.core.util.NoUndefined<z.input<Schema>>,
) {
  return schema.prefault(() => value).meta({ [DEFAULT_NOT_STORED]: true })
}

export function wholeNumber(minimum: number, maximum: number) {
  return z.int32().min(minimum).max(maximum)
}

/** Kubernetes' own names: a DNS label, as for a Service. */
export function label() {
  return withRule(z.string().min(1).max(63), {
    cel: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
    holds: (text) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text),
    message: 'must be lower-case letters, digits and "-", with a letter or digit at both ends',
  })
}

/** The name of another object in the same namespace: a DNS subdomain. */
export function objectName() {
  return withRule(z.string().min(1).max(253), {
    cel: "self.matches('^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$')",
    holds: (text) => /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(text),
    message:
      'must be the name of a Kubernetes object: lower-case letters, digits, "-" and ".", ' +
      'with a letter or digit at both ends',
  })
}
