import { type Document, LineCounter, parseAllDocuments } from 'yaml'

import { lineOf } from './yaml-position.ts'

/** One document of a YAML file: an object, or why it is none. */
export type YamlDocument =
  | { ok: true; object: unknown; lineOf: (path: readonly PropertyKey[]) => number }
  | { ok: false; message: string; line: number }

/** The documents of a YAML (or JSON) text. Never throws. */
export function yamlDocuments(text: string): YamlDocument[] {
  const lines = new LineCounter()
  const options = { lineCounter: lines, prettyErrors: false, merge: true }
  return [...parseAllDocuments(text, options)].map((document) => {
    const [unreadable] = document.errors
    const object = unreadable ?? toObject(document)
    if (object instanceof Error) {
      const line = unreadable === undefined ? 1 : lines.linePos(unreadable.pos[0]).line
      return { ok: false, message: `is no valid YAML: ${object.message}`, line }
    }
    return { ok: true, object, lineOf: (path) => lineOf(document, path, lines) }
  })
}

function toObject(document: Document): unknown {
  try {
    return document.toJS()
  } catch (error) {
    // Aliases that multiply without end.
    return error instanceof Error ? error : new Error(String(error))
  }
}
