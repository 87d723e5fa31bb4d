/** Laying text out for a terminal. */

const WIDTH = 100
/** A space, but none between a number and its unit. */
const BREAK = / (?![%dhms](?:\W|$))/

/** Lines of at most a terminal's width, broken between words, every one indented. */
export function wrapped(text: string, indent: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(BREAK)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && indent.length + longer.length > WIDTH) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line].map((each) => `${indent}${each}`)
}

/** A label, and beside it text in a column of its own. */
export function labelled(label: string, labelWidth: number, text: string): string[] {
  const indent = ' '.repeat(labelWidth + 2)
  const [first = '', ...rest] = wrapped(text, indent)
  return [`  ${label.padEnd(labelWidth)}${first.slice(indent.length)}`, ...rest]
}

/** Rows in columns: the first `textColumns` to the left, the others to the right. */
export function aligned(rows: readonly (readonly string[])[], textColumns: number): string[] {
  const columns = Math.max(...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows.map((row) => {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0
      return column < textColumns ? cell.padEnd(width) : cell.padStart(width)
    })
    return `  ${cells.join('  ')}`.trimEnd()
  })
}
