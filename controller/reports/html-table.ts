import { escapeHtml } from './escape-html.ts'

export interface HtmlTable {
  caption: string
  head: readonly string[]
  /** The first cell of a row is its heading; the others are right-aligned. */
  rows: readonly (readonly string[])[]
}

/** A table with caption and scoped headings, so that a screen reader can walk it. */
export function htmlTable({ caption, head, rows }: HtmlTable): string {
  const columns = head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('')
  return `<div class="scroll"><table>
<caption><span>${escapeHtml(caption)}</span></caption>
<thead><tr>${columns}</tr></thead>
<tbody>
${rows.map(rowHtml).join('\n')}
</tbody>
</table></div>`
}

function rowHtml([first = '', ...cells]: readonly string[]): string {
  const others = cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')
  return `<tr><th scope="row">${escapeHtml(first)}</th>${others}</tr>`
}
