/**
 * Runs in the reader's browser: draws each figure's JSON with uPlot. Colours are looked up at every
 * drawing, so that a change between light and dark needs no more than a redraw.
 */
export const CHART_SCRIPT = `
for (const box of document.querySelectorAll('.chart')) {
  const chart = JSON.parse(box.nextElementSibling.textContent)
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim()
  const count = chart.lines[0].values.length
  const xs = Array.from({ length: count }, (_, i) => chart.startSeconds + i * chart.stepSeconds)
  const shown = (value, at) => at == null ? '–' : value == null ? 'missing' : value + ' ' + chart.unit
  const axis = { stroke: () => color('soft'), grid: { stroke: () => color('rule'), width: 1 },
    ticks: { stroke: () => color('rule'), width: 1 } }
  const times = (_, seconds) => seconds.map((at, i) => {
    const iso = new Date(at * 1000).toISOString()
    const [date, time] = [iso.slice(5, 10), iso.slice(11, at % 60 === 0 ? 16 : 19)]
    if (at % 86400 === 0) return date
    // Within a day nothing else would say which.
    return i === 0 && !seconds.some((other) => other % 86400 === 0) ? time + '\\n' + date : time
  })
  const plot = new uPlot({
    width: box.clientWidth, height: 320,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    axes: [{ ...axis, values: times }, { ...axis, label: chart.unit, labelSize: 24, size: 56 }],
    scales: { y: { range: (_, low, high) => [Math.min(0, low), high == null ? 1 : high * 1.05 || 1] } },
    series: [
      { label: 'Time', value: '{YYYY}-{MM}-{DD} {HH}:{mm}' },
      ...chart.lines.map((line) => ({
        label: line.label, stroke: () => color(line.color), width: line.width ?? 1.5, show: !line.hidden,
        value: (_, value, i, at) => shown(value, line.shape === 'dots' && value == null ? null : at), points: { show: line.shape === 'dots', size: 5, fill: () => color(line.color) },
        paths: line.shape === 'dots' ? () => null : line.shape === 'steps' ? uPlot.paths.stepped({ align: 1 }) : undefined,
      })),
    ],
    bands: chart.lines.flatMap((line, i) => line.fillDownTo === undefined ? [] : [{
      series: [i + 1, line.fillDownTo + 1], fill: () => color(line.color) + '2e' }]),
  }, [xs, ...chart.lines.map((line) => line.values)], box)
  const [first, last] = [xs[0], xs.at(-1)]
  const show = (from, span) => {
    const min = Math.max(first, Math.min(from, last - span))
    plot.setScale('x', { min, max: Math.min(last, min + span) })
  }
  // Fingers cannot drag a chart, and keys neither.
  const zoom = document.createElement('div')
  Object.assign(zoom, { className: 'zoom', role: 'group', ariaLabel: 'Part of the time that is shown' })
  const button = (name, label, show) => {
    const made = Object.assign(document.createElement('button'), { type: 'button', textContent: name, ariaLabel: label })
    made.addEventListener('click', () => show(plot.scales.x.min, plot.scales.x.max - plot.scales.x.min))
    zoom.append(made)
  }
  const day = 86400
  button('◀', 'earlier', (min, span) => show(min - span / 2, span))
  button('▶', 'later', (min, span) => show(min + span / 2, span))
  for (const [name, span] of [['6 hours', day / 4], ['1 day', day], ['2 days', 2 * day], ['1 week', 7 * day]]) {
    if (span < last - first) button(name, 'show ' + name, (min) => show(min, span))
  }
  button('all', 'show all', () => show(first, last - first))
  box.before(zoom)
  // Weeks in one picture are a block of ink: begin with the first two days.
  if (last - first > 2 * day) show(first, 2 * day)
  box.querySelectorAll('.u-series:not(:first-child) th').forEach((name, i) => {
    const pressed = () => name.setAttribute('aria-pressed', String(plot.series[i + 1].show))
    Object.assign(name, { tabIndex: 0, role: 'button', title: 'Show or hide' })
    name.addEventListener('click', () => setTimeout(pressed))
    name.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return
      event.preventDefault()
      name.click()
    })
    pressed()
  })
  new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: 320 })).observe(box)
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plot.redraw(false, true))
}
`
