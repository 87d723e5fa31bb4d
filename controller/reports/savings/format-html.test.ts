import { describe, expect, it } from 'vitest'

import { morning } from './example-savings.ts'
import { formatHtml } from './format-html.ts'

describe('formatHtml', () => {
  it('fetches nothing and runs nothing of the data', () => {
    const html = formatHtml(morning({ warnings: ['</script><script>alert(1)</script>'] }))
    expect(html).not.toContain('<script>alert')
    expect(html).not.toMatch(/(src|href)=|url\(|@import|fetch\(/)
    expect(html).toContain(`default-src 'none'`)
  })

  it('has every chart in a table too', () => {
    const html = formatHtml(morning())
    expect(html.match(/class="chart"/g)).toHaveLength(2)
    expect(html).toContain(
      '<th scope="row">2026-11-24 08:00 UTC</th><td>4.4</td><td>4.4</td><td>5</td><td>5</td><td>7</td><td>50</td>',
    )
  })

  it('draws a missing slot as a hole', () => {
    const [, json = ''] =
      /<script type="application\/json">(.*)<\/script>/.exec(formatHtml(morning())) ?? []
    const chart = JSON.parse(json) as { lines: { label: string; values: (number | null)[] }[] }
    const need = chart.lines.find(({ label }) => label === 'needed')
    expect(need?.values.slice(168, 172)).toEqual([5, 5, null, null])
  })
})
