/** The one of `known` that `written` most likely meant; undefined when nothing is close. */
export function suggest(written: string, known: readonly string[]): string | undefined {
  const wanted = written.toLowerCase()
  // A third of the letters may be wrong: further off, a guess misleads more than it helps.
  let nearest = Math.ceil(wanted.length / 3) + 1
  let best: string | undefined
  for (const candidate of known) {
    const distance = editDistance(wanted, candidate.toLowerCase(), nearest)
    if (distance < nearest) {
      nearest = distance
      best = candidate
    }
  }
  return best
}

/** Insertions, deletions and substitutions from one text to the other; at least `limit` when more. */
function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) >= limit) return limit
  let above = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row++) {
    const line = [row]
    for (let column = 1; column <= to.length; column++) {
      const kept = (above[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1)
      line.push(Math.min(kept, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1))
    }
    above = line
  }
  return above[to.length] ?? limit
}
