/** Numbers as people read them; the same on every machine. */

/** A count or an amount with thousands separated: whole from 100 on, one decimal below. */
export function amount(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 100 ? 1 : 0 })
}

/** A number of unknown size to four significant digits. */
export function figure(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 4 })
}

/** A share in per cent: two decimals below one per cent, else one. */
export function percent(value: number): string {
  const size = Math.abs(value)
  if (size > 0 && size < 0.01) return '< 0.01 %'
  return `${Number(value.toFixed(size < 1 ? 2 : 1))} %`
}

/** `3 m`, `1 m 30 s`, `7 d`: the units that are there. */
export function timeSpan(seconds: number): string {
  const units: [string, number][] = [
    ['d', Math.floor(seconds / 86_400)],
    ['h', Math.floor((seconds % 86_400) / 3600)],
    ['m', Math.floor((seconds % 3600) / 60)],
    ['s', Number((seconds % 60).toFixed(3))],
  ]
  const there = units.filter(([, count]) => count > 0)
  return there.map(([unit, count]) => `${count} ${unit}`).join(' ') || '0 s'
}

/** `1 minute`, `20 minutes`, `0 minutes`. */
export function minutes(value: number): string {
  return counted(value, 'minute')
}

/** `1 replica`, `2.5 days`: an amount and its unit, one of it or several. */
export function counted(value: number, unit: string): string {
  const said = amount(value)
  return `${said} ${unit}${said === '1' ? '' : 's'}`
}
