import { z } from 'zod'

/** `newer`: a later version of Foresail wrote it; it is not understood, and not overwritten. */
export type Parsed<T> =
  | { kind: 'known'; value: T }
  | { kind: 'newer' }
  | { kind: 'unreadable'; why: string }

const versioned = z.looseObject({ version: z.int().min(1) })

/** Reads a text that somebody may have edited. Never throws. */
export function parseVersioned<T>(text: string, version: number, schema: z.ZodType<T>): Parsed<T> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { kind: 'unreadable', why: 'it is not JSON' }
  }
  const head = versioned.safeParse(json)
  if (head.success && head.data.version > version) return { kind: 'newer' }
  const parsed = schema.safeParse(json)
  if (parsed.success) return { kind: 'known', value: parsed.data }
  const [issue] = parsed.error.issues
  const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `
  return { kind: 'unreadable', why: `${where}${issue?.message ?? 'not understood'}` }
}
