import { z } from 'zod'

import { suggest } from './suggest.ts'

/** One thing that is wrong with an object: where, what, and what to write instead. */
export interface Problem {
  /** As people write it: `spec.demand[0].capacity.averageValue`. Empty for the object as a whole. */
  path: string
  message: string
}

export interface LocatedProblem extends Problem {
  at: readonly PropertyKey[]
}

/** Every failure of `schema` in words for people, at most one a field. */
export function problemsOf(schema: z.ZodType, error: z.ZodError): LocatedProblem[] {
  const problems = error.issues.flatMap((issue) => explain(schema, issue))
  const first = new Map<string, LocatedProblem>()
  for (const problem of problems) if (!first.has(problem.path)) first.set(problem.path, problem)
  return [...first.values()]
}

export function formatProblem({ path, message }: Problem): string {
  return path === '' ? message : `${path}: ${message}`
}

function explain(schema: z.ZodType, issue: z.core.$ZodIssue): LocatedProblem[] {
  if (issue.code !== 'unrecognized_keys') return [located(issue.path, issue.message)]
  const known = fieldsAt(schema, issue.path)
  return issue.keys.map((key) => {
    const meant = suggest(key, known)
    const hint =
      meant === undefined ? `the fields here are ${known.join(', ')}` : `did you mean ${meant}?`
    return located([...issue.path, key], `is no field of this API; ${hint}`)
  })
}

function located(at: readonly PropertyKey[], message: string): LocatedProblem {
  return { at, path: pathText(at), message }
}

function pathText(at: readonly PropertyKey[]): string {
  return at.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    const name = String(part)
    if (!/^[\w-]+$/.test(name)) return `${text}[${JSON.stringify(name)}]`
    return text === '' ? name : `${text}.${name}`
  }, '')
}

/** The fields that the object at `path` may have. */
function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let node: z.core.$ZodType | undefined = unwrapped(schema)
  for (const part of path) {
    const below = childOf(node, part)
    node = below && unwrapped(below)
  }
  return node instanceof z.ZodObject ? Object.keys(node.shape) : []
}

function childOf(
  node: z.core.$ZodType | undefined,
  part: PropertyKey,
): z.core.$ZodType | undefined {
  if (node instanceof z.ZodArray) return node.element
  if (!(node instanceof z.ZodObject)) return undefined
  const fields: Record<string, z.core.$ZodType | undefined> = node.shape
  return fields[String(part)]
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  let node = schema
  while (
    node instanceof z.ZodOptional ||
    node instanceof z.ZodDefault ||
    node instanceof z.ZodPrefault
  ) {
    node = node.unwrap()
  }
  return node
}
