import { frontier } from '../../../forecaster/outcome/frontier.ts'

import { escapeHtml } from '../escape-html.ts'
import { amount, percent } from '../numbers.ts'
import { type CostScale, costScale, SHARES, shareScale } from './cost-scales.ts'
import { hpaWords } from './hpa-words.ts'
import type { BacktestReport, RowName } from './report.ts'

const BOX = { width: 460, height: 320, left: 56, right: 24, top: 12, bottom: 40 }
/** Settings dearer than this, times the dearest policy, would squeeze all that matters into a corner. */
const WORTH_SEEING = 1.25

interface Point {
  label: string
  /** Where it belongs; `-setting` for one that was only swept. */
  kind: RowName | 'hpa-setting' | 'yesterday-setting'
  violationPercent: number
  replicaHours: number
}

/** Every policy, and every setting that was swept, by what it cost and how often it was short: SVG. */
export function costChart(report: BacktestReport): string {
  const policies = report.policies.map(
    ({ policy, setting, ...row }): Point => ({
      label: `${policy} (${setting})`,
      kind: policy,
      ...row,
    }),
  )
  const costs = policies.map(({ replicaHours }) => replicaHours).filter((cost) => cost > 0)
  if (costs.length === 0) return '<p>No policy needed a replica.</p>'
  const most = WORTH_SEEING * Math.max(...costs)
  const worthSeeing = ({ replicaHours }: Point) => replicaHours > 0 && replicaHours <= most
  const swept = sweptPoints(report).filter(worthSeeing)
  const all = [...swept, ...policies.filter(worthSeeing)]
  const x = shareScale(BOX.left + 8, BOX.width - BOX.right)
  const y = costScale(
    all.map(({ replicaHours }) => replicaHours),
    BOX.top,
    BOX.height - BOX.bottom,
  )
  const at = (point: Point): [number, number] => [
    x(point.violationPercent),
    y.at(point.replicaHours),
  ]
  return `<figure>
<svg viewBox="0 0 ${BOX.width} ${BOX.height}" class="cost" role="img" aria-label="Replica-hours against time violated; the table above has the numbers.">
<style>${STYLE}</style>
${grid(x, y)}
<text x="${BOX.left}" y="${BOX.height - 4}">share of time violated</text>
<text x="4" y="10">replica-hours</text>
${line('hpa-setting', swept, at)}
${line('yesterday-setting', swept, at)}
${all.map((point) => dot(point, at(point))).join('\n')}
</svg>
<div>${legend(all)}</div>
<figcaption>Each point is one setting: how often it was short, and what it cost. Lower left is better; along a line a policy buys fewer shortages with more pods.</figcaption>
</figure>`
}

function sweptPoints({ hpaSweep, yesterdaySweep }: BacktestReport): Point[] {
  return [
    ...hpaSweep.map(
      (point): Point => ({ label: `HPA ${hpaWords(point)}`, kind: 'hpa-setting', ...point }),
    ),
    ...yesterdaySweep.map(
      (point): Point => ({
        label: `yesterday + ${percent(point.marginPercent)}, HPA ${percent(point.targetPercent)}`,
        kind: 'yesterday-setting',
        ...point,
      }),
    ),
  ]
}

const LEGEND: Record<Point['kind'], string> = {
  foresail: 'Foresail',
  hpa: 'HPA as configured',
  'hpa-best': 'best HPA',
  'hpa-setting': 'other HPA settings',
  'static-peak': 'fixed counts',
  'static-p99': 'fixed counts',
  'static-usual': 'fixed counts',
  yesterday: 'yesterday',
  'yesterday-setting': 'other margins over yesterday',
  clairvoyant: 'clairvoyant',
}

/** One key a name: the fixed counts are told apart beside their points. */
function legend(points: readonly Point[]): string {
  const kinds = new Map(points.map(({ kind }) => [LEGEND[kind], kind]))
  return Object.values(LEGEND)
    .filter((name, i, names) => kinds.has(name) && names.indexOf(name) === i)
    .map((name) => `<span class="key ${kinds.get(name) ?? ''}">${escapeHtml(name)}</span>`)
    .join(' ')
}

const COLORS: Record<Point['kind'], string> = {
  foresail: 'blue',
  hpa: 'orange',
  'hpa-best': 'green',
  'hpa-setting': 'soft',
  'static-peak': 'red',
  'static-p99': 'red',
  'static-usual': 'red',
  yesterday: 'purple',
  'yesterday-setting': 'purple',
  clairvoyant: 'ink',
}

const STYLE = `
.cost { width: 100%; max-width: 40rem; font-size: 12px; }
.cost text { fill: var(--soft); }
.cost line { stroke: var(--rule); }
.cost circle { stroke: var(--page); stroke-width: 1; fill: currentColor; }
.cost polyline { stroke: currentColor; stroke-width: 1.5; fill: none; opacity: .8; }
.cost circle[class$="-setting"] { opacity: .4; }
.cost .name { font-size: 10px; }
.key { white-space: nowrap; margin-right: .75rem; }
.key::before { content: "●"; margin-right: .3rem; }
${Object.entries(COLORS)
  .map(([kind, color]) => `.cost .${kind}, .key.${kind}::before { color: var(--${color}); }`)
  .join('\n')}
`

/** What that kind can reach at best: through the settings that no other beats in both. */
function line(
  wanted: Point['kind'],
  points: readonly Point[],
  at: (point: Point) => [number, number],
): string {
  const front = frontier(points.filter(({ kind }) => kind === wanted))
  if (front.length < 2) return ''
  const path = front.map((point) => at(point).map(short).join(',')).join(' ')
  return `<polyline class="${wanted}" points="${path}"/>`
}

function dot({ label, kind, violationPercent, replicaHours }: Point, [x, y]: [number, number]) {
  const radius = kind.endsWith('-setting') ? 3 : 6
  const told = `${label}: ${amount(replicaHours)} replica-hours, short ${percent(violationPercent)} of the time`
  const circle = `<circle class="${kind}" cx="${short(x)}" cy="${short(y)}" r="${radius}"><title>${escapeHtml(told)}</title></circle>`
  // Fixed counts share a colour.
  const [, size] = kind.split('static-')
  if (size === undefined) return circle
  const [side, from] = x > 0.85 * BOX.width ? ['end', x - 9] : ['start', x + 9]
  return `${circle}<text class="name" x="${short(from)}" y="${short(y + 3)}" text-anchor="${side}">${size}</text>`
}

function grid(x: (share: number) => number, y: CostScale): string {
  const bottom = BOX.height - BOX.bottom
  const shares = [0, ...SHARES].map((share) => {
    const at = short(x(share))
    const label = share === 0 ? '0' : `${share} %`
    return `<line x1="${at}" x2="${at}" y1="${BOX.top}" y2="${bottom}"/><text x="${at}" y="${bottom + 16}" text-anchor="middle">${label}</text>`
  })
  const costs = y.ticks.map((cost) => {
    const at = y.at(cost)
    return `<line x1="${BOX.left}" x2="${BOX.width - BOX.right}" y1="${short(at)}" y2="${short(at)}"/><text x="${BOX.left - 6}" y="${short(at + 4)}" text-anchor="end">${amount(cost)}</text>`
  })
  return [...shares, ...costs].join('\n')
}

function short(coordinate: number): string {
  return coordinate.toFixed(1)
}
