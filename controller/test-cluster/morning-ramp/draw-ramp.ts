import { scaleLinear } from 'd3-scale'
import { area, curveStepAfter, line } from 'd3-shape'
import type { RecordedSecond } from '../ready-recorder.ts'

/** One panel: a workload's Ready replicas against the demand, by second. */
export interface RampPanel {
  title: string
  seconds: readonly RecordedSecond[]
}

const WIDTH = 960
const PANEL = { width: 440, height: 250 }
const MARGIN = { left: 36, top: 54, gap: 44 }
const HEIGHT = MARGIN.top + PANEL.height + 52

/** The ramp as a picture: what was asked, what was Ready, and where it fell short. Self-contained SVG. */
export function drawRamp(panels: readonly RampPanel[], capacity: number, rampAtMs: number): string {
  const all = panels.flatMap(({ seconds }) => seconds)
  const most = Math.max(...all.map(({ demand, ready }) => Math.max(demand / capacity, ready)))
  const minutes = all.map(({ at }) => (at - rampAtMs) / 60_000)
  const x = scaleLinear([Math.min(...minutes), Math.max(...minutes)], [0, PANEL.width])
  const y = scaleLinear([0, most * 1.1], [PANEL.height, 0])
  const minuteOf = ({ at }: RecordedSecond): number => x((at - rampAtMs) / 60_000)
  const need = ({ demand }: RecordedSecond): number => demand / capacity

  const drawn = panels.map(({ title, seconds }, i) => {
    const short = area<RecordedSecond>(
      minuteOf,
      (s) => y(s.ready),
      (s) => y(need(s)),
    )
      .defined((s) => need(s) > s.ready)
      .curve(curveStepAfter)
    const ready = line<RecordedSecond>(minuteOf, (s) => y(s.ready)).curve(curveStepAfter)
    const demand = line<RecordedSecond>(minuteOf, (s) => y(need(s)))
    const left = MARGIN.left + i * (PANEL.width + MARGIN.gap)
    return `<g transform="translate(${left} ${MARGIN.top})">
<text class="title" y="-14">${title}</text>
${axes(x, y)}
<path class="short" d="${short(seconds) ?? ''}"/>
<path class="demand" d="${demand(seconds) ?? ''}"/>
<path class="ready" d="${ready(seconds) ?? ''}"/>
</g>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Ready replicas against demand through a morning ramp, under the HPA alone and under Foresail">
<style>${STYLE}</style>
<rect width="${WIDTH}" height="${HEIGHT}" class="page"/>
<text class="legend" x="${MARGIN.left}" y="18"><tspan class="k-demand">demand</tspan>, <tspan class="k-ready">Ready</tspan> and <tspan class="k-short">missing</tspan> replicas, by minutes from the start of the ramp</text>
${drawn.join('\n')}
</svg>
`
}

type Scale = ReturnType<typeof scaleLinear<number, number>>

function axes(x: Scale, y: Scale): string {
  const rows = y.ticks(5).map((tick) => {
    const at = y(tick).toFixed(1)
    return `<path class="grid" d="M0 ${at}H${PANEL.width}"/><text class="tick" text-anchor="end" x="-8" y="${at}" dy=".32em">${tick}</text>`
  })
  const columns = x.ticks(8).map((tick) => {
    const at = x(tick).toFixed(1)
    return `<text class="tick" text-anchor="middle" x="${at}" y="${PANEL.height + 18}">${tick}</text>`
  })
  return [...rows, ...columns].join('\n')
}

const STYLE = `
.page { fill: #fff } .grid { stroke: #e3e7eb; fill: none }
text { font: 13px system-ui, sans-serif; fill: #57606a }
.title { font-size: 15px; font-weight: 600; fill: #1b1f24 }
.demand { fill: none; stroke: #1b1f24; stroke-width: 1.6 } .k-demand { font-weight: 600; fill: #1b1f24 }
.ready { fill: none; stroke: #0b63a5; stroke-width: 2 } .k-ready { font-weight: 600; fill: #0b63a5 }
.short { fill: #b3261e; opacity: .55 } .k-short { font-weight: 600; fill: #b3261e }
`
