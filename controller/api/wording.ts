import type { z } from 'zod'

import { suggest } from './suggest.ts'

/** zod's own failures in words for people; undefined where the schema has its own words. */
export function wording(issue: z.core.$ZodRawIssue): string | undefined {
  const { input } = issue
  if (issue.code === 'custom') return undefined
  if (input === undefined) return 'is required'
  if (input === null) return 'is empty; write a value or remove the line'
  if (issue.code === 'invalid_type') return wrongType(issue.expected, input)
  if (issue.code === 'invalid_value') return wrongValue(issue.values.map(String), input)
  if (issue.code === 'too_small') {
    return outOfBounds('at least', issue.origin, Number(issue.minimum), input)
  }
  if (issue.code === 'too_big') {
    return outOfBounds('at most', issue.origin, Number(issue.maximum), input)
  }
  return undefined
}

function wrongValue(choice: readonly string[], input: unknown): string {
  const meant = suggest(String(input), choice)
  const hint = meant === undefined ? '' : `; did you mean ${meant}?`
  return `must be ${alternatives(choice)}, not ${shown(input)}${hint}`
}

function wrongType(expected: string, input: unknown): string {
  if (expected === 'string' && (typeof input === 'number' || typeof input === 'boolean')) {
    return `must be text: write "${input}" in quotes`
  }
  const isNumber = expected === 'number' || expected === 'int'
  if (isNumber && typeof input === 'string' && /^-?\d+$/.test(input)) {
    return `must be a whole number: write ${input} without quotes`
  }
  const names: Record<string, string> = {
    string: 'text',
    number: 'a whole number',
    int: 'a whole number',
    object: 'an object with fields of its own',
    record: 'an object with fields of its own',
    array: 'a list',
  }
  return `must be ${names[expected] ?? expected}, not ${shown(input)}`
}

function outOfBounds(bound: string, origin: string, limit: number, input: unknown): string {
  if (origin === 'string') {
    return limit === 1 && input === ''
      ? 'must not be empty'
      : `must have ${bound} ${limit} characters`
  }
  if (origin === 'array') {
    const items = limit === 1 ? 'item' : 'items'
    return `must have ${bound} ${limit} ${items}`
  }
  return `must be ${bound} ${limit}, not ${shown(input)}`
}

function alternatives(values: readonly string[]): string {
  return values.length === 1 ? values.join('') : `one of ${values.join(', ')}`
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value !== 'string') return String(value)
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
}
