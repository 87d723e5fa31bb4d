import { escapeHtml } from '../escape-html.ts'
import { hpaWords } from './hpa-words.ts'
import { amount, percent } from './numbers.ts'
import type { BacktestReport, RowName } from './report.ts'

const BOX = { width: 460, height: 320, left: 56, right: 24, top: 12, bottom: 40 }
/** Shares of time on the logarithmic axis; everything rarer stands at "0". */
const SHARES = [0.01, 0.1, 1, 10, 100]
const ZERO_DECADES = 0.6

interface Point {
  label: string
  policy: RowName | 'setting'
  violationPercent: number
  replicaHours: number
}

/** Every policy, and every HPA setting of the sweep, by what it cost and how often it was short: SVG. */
export function costChart(report: BacktestReport): string {
  const points: Point[] = [
    ...report.hpaSweep.map((point) => ({
      label: `HPA ${hpaWords(point)}`,
      policy: 'setting' as const,
      ...point,
    })),
    ...report.policies.map((row) => ({ label: `${row.policy} (${row.setting})`, ...row })),
  ]
  const costs = points.map(({ replicaHours }) => replicaHours).filter((cost) => cost > 0)
  if (costs.length === 0) return '<p>No policy needed a replica.</p>'
  const y = costScale(Math.min(...costs), Math.max(...costs))
  const dots = points
    .filter(({ replicaHours }) => replicaHours > 0)
    .map((point) => dot(point, y.at))
  const kinds = new Set(points.map(({ policy }) => policy))
  return `<figure>
<svg viewBox="0 0 ${BOX.width} ${BOX.height}" class="cost" role="img" aria-label="Replica-hours against time violated; the table above has the numbers.">
<style>${STYLE}</style>
${y.ticks.map((cost) => gridLine(y.at(cost), amount(cost))).join('\n')}
${[0, ...SHARES].map(shareTick).join('\n')}
<text x="${BOX.left}" y="${BOX.height - 4}">time violated</text>
<text x="4" y="10">replica-hours</text>
${dots.join('\n')}
</svg>
<figcaption>Lower left is better. ${Object.entries(LEGEND)
    .filter(([policy]) => [...kinds].some((kind) => kind === policy))
    .map(([policy, name]) => `<span class="key ${policy}">${escapeHtml(name)}</span>`)
    .join(' ')}</figcaption>
</figure>`
}

const LEGEND: Record<Point['policy'], string> = {
  foresail: 'Foresail',
  hpa: 'HPA as configured',
  'hpa-best': 'best HPA',
  setting: 'other HPA settings',
  'static-peak': 'fixed for the peak',
  'static-p99': 'fixed for the p99',
  'static-usual': 'fixed for the usual',
  yesterday: 'yesterday',
  clairvoyant: 'clairvoyant',
}

const STYLE = `
.cost { width: 100%; max-width: 40rem; font-size: 12px; }
.cost text { fill: var(--soft); }
.cost line { stroke: var(--rule); }
.cost circle { stroke: var(--page); stroke-width: 1; fill: currentColor; }
.key { white-space: nowrap; margin-right: .75rem; }
.key::before { content: "●"; margin-right: .3rem; }
.cost .setting, .key.setting::before { color: var(--soft); opacity: .55; }
.cost .foresail, .key.foresail::before { color: var(--blue); }
.cost .hpa, .key.hpa::before { color: var(--orange); }
.cost .hpa-best, .key.hpa-best::before { color: var(--green); }
.cost .static-peak, .key.static-peak::before { color: var(--red); }
.cost .static-usual, .key.static-usual::before { color: var(--red); }
.cost .clairvoyant, .key.clairvoyant::before { color: var(--ink); }
`

function dot(
  { label, policy, violationPercent, replicaHours }: Point,
  y: (cost: number) => number,
) {
  const radius = policy === 'setting' ? 4 : 6
  const told = `${label}: ${amount(replicaHours)} replica-hours, short ${percent(violationPercent)} of the time`
  return `<circle class="${policy}" cx="${shareX(violationPercent).toFixed(1)}" cy="${y(replicaHours).toFixed(1)}" r="${radius}"><title>${escapeHtml(told)}</title></circle>`
}

function shareX(violationPercent: number): number {
  const decades = Math.log10(SHARES.at(-1) ?? 1) - Math.log10(SHARES[0] ?? 1)
  const from = BOX.left + 8
  const width = BOX.width - BOX.right - from
  const along =
    violationPercent <= 0
      ? 0
      : Math.max(0, Math.log10(violationPercent) - Math.log10(SHARES[0] ?? 1) + ZERO_DECADES)
  return from + (width * along) / (decades + ZERO_DECADES)
}

function shareTick(share: number): string {
  const x = shareX(share).toFixed(1)
  const bottom = BOX.height - BOX.bottom
  return `<line x1="${x}" x2="${x}" y1="${BOX.top}" y2="${bottom}"/><text x="${x}" y="${bottom + 16}" text-anchor="middle">${share === 0 ? '0' : `${share} %`}</text>`
}

function gridLine(y: number, label: string): string {
  return `<line x1="${BOX.left}" x2="${BOX.width - BOX.right}" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}"/><text x="${BOX.left - 6}" y="${(y + 4).toFixed(1)}" text-anchor="end">${label}</text>`
}

/** A logarithmic axis over the costs, with round ticks. */
function costScale(lowest: number, highest: number) {
  const from = Math.log(lowest * 0.93)
  const to = Math.log(highest * 1.07)
  const height = BOX.height - BOX.bottom - BOX.top
  const at = (cost: number) => BOX.top + height * (1 - (Math.log(cost) - from) / (to - from))
  const decade = 10 ** Math.floor(Math.log10(lowest * 0.93))
  const steps = highest / lowest > 8 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 7]
  const ticks = [0, 1, 2, 3, 4]
    .flatMap((power) => steps.map((step) => step * decade * 10 ** power))
    .filter((cost) => Math.log(cost) >= from && Math.log(cost) <= to)
  return { at, ticks }
}
