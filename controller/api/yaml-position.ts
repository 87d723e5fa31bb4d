import { type Document, isMap, isNode, isPair, isSeq, type LineCounter, type Node } from 'yaml'

/**
 * The line of the field at `path`: of its key where it is written, else of the nearest one above it
 * that is.
 */
export function lineOf(
  document: Document,
  path: readonly PropertyKey[],
  lines: LineCounter,
): number {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const part of path) {
    const step = below(node, part)
    if (step === undefined) break
    offset = step.offset ?? offset
    node = step.node
  }
  return lines.linePos(offset).line
}

function below(
  node: unknown,
  part: PropertyKey,
): { node: unknown; offset: number | undefined } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(
      ({ key }) => isNode(key) && 'value' in key && String(key.value) === String(part),
    )
    if (!isPair(pair)) return undefined
    return { node: pair.value, offset: startOf(pair.key) }
  }
  if (isSeq(node) && typeof part === 'number') {
    const item = node.items[part]
    return item === undefined ? undefined : { node: item, offset: startOf(item) }
  }
  return undefined
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined
}
