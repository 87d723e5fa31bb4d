import { type LabelSelector, labelSelectorSchema } from './label-selector.ts'

const LABEL = String.raw`[A-Za-z0-9][-A-Za-z0-9_./]*`
const VALUE = String.raw`[-A-Za-z0-9_.]*`
const SET = new RegExp(String.raw`^(${LABEL})\s+(in|notin)\s+\(([^()]*)\)$`)
const EQUAL = new RegExp(String.raw`^(${LABEL})\s*(==|=|!=)\s*(${VALUE})$`)
const THERE = new RegExp(String.raw`^(!?)\s*(${LABEL})$`)

/**
 * A label selector as text, as a scale subresource gives it in `status.selector`: `app=web,tier in (a,b)`.
 *
 * @returns null where it cannot be read, or selects everything: then it is nobody's
 */
export function parseSelector(text: string): LabelSelector | null {
  const parts = text.split(/,(?![^(]*\))/).map((part) => part.trim())
  const expressions = parts.map(expressionOf)
  if (text.trim() === '' || expressions.includes(null)) return null
  return labelSelectorSchema.parse({ matchExpressions: expressions })
}

function expressionOf(part: string): object | null {
  const set = SET.exec(part)
  if (set !== null) {
    const [, key, word, inside = ''] = set
    const values = inside.split(',').map((value) => value.trim())
    return { key, operator: word === 'in' ? 'In' : 'NotIn', values }
  }
  const equal = EQUAL.exec(part)
  if (equal !== null) {
    const [, key, sign, value = ''] = equal
    return { key, operator: sign === '!=' ? 'NotIn' : 'In', values: [value] }
  }
  const there = THERE.exec(part)
  if (there === null) return null
  const [, not, key] = there
  return { key, operator: not === '!' ? 'DoesNotExist' : 'Exists' }
}
