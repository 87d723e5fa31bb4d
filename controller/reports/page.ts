import { chartAssets } from './chart.ts'
import { escapeHtml } from './escape-html.ts'
import { PAGE_STYLE } from './page-style.ts'

export interface Page {
  title: string
  /** What the page comes to, first thing on it: sentences as plain text. */
  verdict: readonly string[]
  /** Why the verdict deserves less trust: said under its first sentence. */
  cautions?: readonly string[]
  /** HTML of each section, in order. */
  sections: readonly string[]
}

/** One self-contained HTML file: styles, scripts and data inside, and nothing is ever fetched. */
export function page({ title, verdict, cautions = [], sections }: Page): string {
  const { css, script } = chartAssets()
  const [first = '', ...others] = verdict
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${css}${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<div class="verdict">
${[paragraph(first), ...cautions.map(caution), ...others.map(paragraph)].join('\n')}
</div>
${sections.join('\n')}
</main>
<script>${script}</script>
</body>
</html>
`
}

/** A section with its heading; `body` is HTML. */
export function section(heading: string, ...body: readonly string[]): string {
  return `<section id="${anchor(heading)}">\n<h2>${escapeHtml(heading)}</h2>\n${body.join('\n')}\n</section>`
}

function caution(text: string): string {
  return `<p class="caution"><strong>Caution:</strong> ${escapeHtml(text)}</p>`
}

/** A link to the section with that heading. */
export function sectionLink(heading: string): string {
  return `<p><a href="#${anchor(heading)}">${escapeHtml(heading)}</a></p>`
}

function anchor(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}

export function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`
}

/** A list of terms and what each means. */
export function explanations(pairs: readonly (readonly [term: string, meaning: string])[]): string {
  const items = pairs.map(
    ([term, meaning]) => `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(meaning)}</dd>`,
  )
  return `<dl>${items.join('\n')}</dl>`
}

/** More of the same, folded away; `body` is HTML. */
export function folded(summary: string, body: string): string {
  return `<details><summary>${escapeHtml(summary)}</summary>\n${body}\n</details>`
}
