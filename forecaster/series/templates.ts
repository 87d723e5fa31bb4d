import { medianOf } from './median.ts'

/** What the templates read: samples by index, and how many make a day. */
interface Samples {
  stepSeconds: number
  stepsPerDay: number
  length: number
  values: ArrayLike<number>
}

const TEMPLATE_DAYS = 7
/** Each day back weighs this much of the day after it in the recency-weighted template. */
const RECENCY = 0.6

/**
 * Median over the last seven days of the samples within three minutes of the same time of day.
 * Causal: slot `index` draws only on earlier days. NaN when no such sample exists.
 */
export function dayTemplate(samples: Samples, index: number): number {
  const reach = Math.round(180 / samples.stepSeconds)
  const pool: number[] = []
  for (let day = 1; day <= TEMPLATE_DAYS; day++) {
    const centre = index - day * samples.stepsPerDay
    for (let i = Math.max(0, centre - reach); i <= centre + reach; i++) {
      const value = i < samples.length ? (samples.values[i] ?? NaN) : NaN
      if (value === value) pool.push(value)
    }
  }
  return medianOf(pool)
}

/** Mean of the same time of day on the last seven days, each day back weighing 0.6 of the next. */
export function recentTemplate(samples: Samples, index: number): number {
  const reach = Math.round(120 / samples.stepSeconds)
  let sum = 0
  let weights = 0
  let weight = 1
  for (let day = 1; day <= TEMPLATE_DAYS; day++) {
    const centre = index - day * samples.stepsPerDay
    for (let i = Math.max(0, centre - reach); i <= centre + reach; i++) {
      const value = i < samples.length ? (samples.values[i] ?? NaN) : NaN
      if (value === value) {
        sum += weight * value
        weights += weight
      }
    }
    weight *= RECENCY
  }
  return weights === 0 ? NaN : sum / weights
}
