export interface CounterRates {
  /** Increase per second up to each reading; NaN where it is not known. */
  rates: Float64Array
  /** Index of each reading at which the counter had begun again. */
  resets: number[]
}

/**
 * What a counter counted, per second. As Prometheus' `rate` takes it, a reading below the one before
 * says that the counter began again at zero, and all that it shows was counted since.
 *
 * The first reading has no rate, nor has one that is NaN, that follows a NaN, or that is more than a
 * step and a half after the one before: how its increase fell on the slots between is not known.
 *
 * @param atSeconds when each was read, strictly ascending
 * @param readings one a time, none below zero; NaN where the source had none
 */
export function counterRates(
  atSeconds: Float64Array,
  readings: Float64Array,
  stepSeconds: number,
): CounterRates {
  const rates = new Float64Array(readings.length).fill(NaN)
  const resets: number[] = []
  let known = NaN
  readings.forEach((reading, i) => {
    if (reading < known) resets.push(i)
    if (!Number.isNaN(reading)) known = reading
    const before = readings[i - 1] ?? NaN
    const seconds = (atSeconds[i] ?? NaN) - (atSeconds[i - 1] ?? NaN)
    if (seconds > 1.5 * stepSeconds) return
    rates[i] = (reading < before ? reading : reading - before) / seconds
  })
  return { rates, resets }
}

/** Readings below which nothing is said about them. */
const LEAST_READINGS = 30

/**
 * Whether values look like the readings of a counter: they rise more often than not, and the few times
 * that they fall they lose most of what they were. Demand falls about as often as it rises.
 *
 * @param values NaN is a gap
 */
export function looksLikeCounter(values: Float64Array): boolean {
  const readings = values.filter((value) => !Number.isNaN(value))
  let rises = 0
  let resets = 0
  for (let i = 1; i < readings.length; i++) {
    const before = readings[i - 1] ?? NaN
    const reading = readings[i] ?? NaN
    if (reading > before) rises++
    else if (reading < before / 2) resets++
    else if (reading < before) return false
  }
  const moves = readings.length - 1
  return readings.length >= LEAST_READINGS && rises > moves / 2 && resets <= moves / 100
}
