import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import { CHART_SCRIPT } from './chart-script.ts'
import { escapeHtml } from './escape-html.ts'

/** One line over the slots of a chart. */
export interface ChartLine {
  label: string
  /** One value a slot; NaN where nothing is known: the line has a hole there. */
  values: Float64Array | Int32Array
  /** A colour of the page, so that it fits light and dark. */
  color: 'ink' | 'blue' | 'orange' | 'green' | 'purple' | 'red' | 'grey'
  /** `steps` for what stands still within a slot, such as replicas; `dots` for what is now and then. */
  shape: 'line' | 'steps' | 'dots'
  width?: number
  /** Left out until the reader asks for it in the legend. */
  hidden?: boolean
  /** Fills from this line down to the line with that index. */
  fillDownTo?: number
}

export interface Chart {
  /** What is to be seen, in one sentence; also read out in place of the picture. */
  caption: string
  unit: string
  /** Seconds since the epoch of the first slot's start. */
  startSeconds: number
  stepSeconds: number
  lines: readonly ChartLine[]
}

/** The chart as HTML: its data as JSON, drawn by the page's script when it is opened. */
export function chartFigure(chart: Chart): string {
  const data = {
    unit: chart.unit,
    startSeconds: chart.startSeconds,
    stepSeconds: chart.stepSeconds,
    lines: chart.lines.map((line) => ({ ...line, values: Array.from(line.values, shortest) })),
  }
  const json = JSON.stringify(data).replaceAll('<', '\\u003c')
  return `<figure>
<div class="chart" role="group" aria-label="${escapeHtml(chart.caption)}"></div>
<script type="application/json">${json}</script>
<figcaption>${escapeHtml(chart.caption)} Times are UTC. ${zoomHint(chart)}</figcaption>
</figure>`
}

/** The page's script begins with the first two days of anything longer. */
function zoomHint({ stepSeconds, lines }: Chart): string {
  const days = ((lines[0]?.values.length ?? 0) * stepSeconds) / 86_400
  return days > 2
    ? 'At first two days are shown: drag over a part to zoom in, double-click for all.'
    : 'Drag over a part to zoom in, double-click to zoom out.'
}

function shortest(value: number): number | null {
  return Number.isFinite(value) ? Math.round(value * 1000) / 1000 : null
}

const LICENCE = '/*! uPlot, copyright (c) 2022 Leon Sorokin, MIT licence */'

/** uPlot, as its package ships it, and the script that draws every chart of a page with it. */
export function chartAssets(): { css: string; script: string } {
  const require = createRequire(import.meta.url)
  const css = readFileSync(require.resolve('uplot/dist/uPlot.min.css'), 'utf8')
  const file = readFileSync(require.resolve('uplot/dist/uPlot.iife.min.js'), 'utf8')
  // Its banner is a link; a page that refers to nothing outside names author and licence instead.
  const library = file.replace(/^\/\*![^*]*\*\//, LICENCE)
  return { css, script: `${library}\n${CHART_SCRIPT}` }
}
