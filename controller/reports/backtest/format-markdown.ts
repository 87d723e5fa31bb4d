import { assumptionLines } from './assumption-lines.ts'
import { joined, POLICY_HEADS, policyCells } from './policy-cells.ts'
import type { BacktestReport } from './report.ts'
import { SAVINGS_HEADS, savingCells, savingsCaption } from './savings-cells.ts'
import { actualWords } from './thresholds.ts'

/** The report as GitHub-flavoured Markdown, to be put under a pull request. */
export function formatMarkdown(report: BacktestReport): string {
  const [first = '', ...others] = report.verdict
  const blocks = [
    `## Foresail backtest of ${escaped(report.recording.file)}`,
    `**${escaped(first)}**`,
    ...report.cautions.map((caution) => `> **Caution:** ${escaped(caution)}`),
    thresholdTable(report),
    others.map((line) => `- ${escaped(line)}`).join('\n'),
    table(POLICY_HEADS.map(joined), report.policies.map(policyCells), 2),
    ...savings(report),
    folded('What was assumed', assumptions(report)),
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

function thresholdTable({ thresholds }: BacktestReport): string {
  if (thresholds.length === 0) return ''
  const rows = thresholds.map((result) => [
    result.met ? '✓ pass' : '✗ fail',
    result.threshold,
    actualWords(result),
  ])
  return table(['', 'threshold', 'actual'], rows, 2)
}

function savings(report: BacktestReport): string[] {
  if (report.savings.length === 0) return []
  const heads = SAVINGS_HEADS.map(joined)
  const rows = table(heads, report.savings.map(savingCells), 2)
  return [folded('What Foresail saves', `${escaped(savingsCaption(report))}\n\n${rows}`)]
}

function assumptions(report: BacktestReport): string {
  return assumptionLines(report)
    .map(([what, value]) => `- **${what}**: ${escaped(value)}`)
    .join('\n')
}

function folded(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`
}

/** The first `textColumns` to the left, the others to the right. */
function table(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  textColumns: number,
): string {
  const rule = heads.map((_, column) => (column < textColumns ? ':--' : '--:'))
  return [heads, rule, ...rows.map((row) => row.map(escaped))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

/** Text as it is, whatever a file is called: no markup, one line. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*|[\]]|<(?=[a-z/!?])/gi, '\\$&').replaceAll(/\s+/g, ' ')
}
