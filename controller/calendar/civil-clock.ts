import { IANAZone } from 'luxon'

/** Seconds by which the clocks of a zone are ahead of UTC at an instant. */
export function offsetSeconds(timeZone: string, atMs: number): number {
  return IANAZone.create(timeZone).offset(atMs) * 60
}

/**
 * A history laid on the clock of today: where the clocks of the zone were set since, older slots move, so that
 * what happened at eight by the clock lies at today's eight. Of an hour that came twice the second stays; an
 * hour that never was is unknown.
 *
 * @param values by slot from the absolute step firstStep on
 * @param nowMs whose clock counts
 */
export function onTodaysClock(
  values: Float64Array,
  firstStep: number,
  stepSeconds: number,
  timeZone: string,
  nowMs: number,
): Float64Array {
  const zone = IANAZone.create(timeZone)
  const offsetAt = (index: number): number =>
    zone.offset((firstStep + index) * stepSeconds * 1000) * 60
  const today = zone.offset(nowMs) * 60
  if (offsetAt(0) === today && offsetAt(values.length - 1) === today) return values
  const moved = new Float64Array(values.length).fill(NaN)
  // Offsets change on whole hours of UTC, or half ones: no need to ask for each slot.
  const block = Math.max(1, Math.floor(900 / stepSeconds))
  for (let begin = 0; begin < values.length; begin += block) {
    const shift = Math.round((offsetAt(begin) - today) / stepSeconds)
    for (let i = begin; i < Math.min(begin + block, values.length); i++) {
      const to = i + shift
      if (to >= 0 && to < moved.length) moved[to] = values[i] ?? NaN
    }
  }
  return moved
}
