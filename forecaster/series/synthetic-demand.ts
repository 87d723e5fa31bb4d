import { seededRandom } from './seeded-random.ts'

/** A stream of standard normal numbers (Box and Muller's cosine half). */
export function seededNormal(seed: number): () => number {
  const uniform = seededRandom(seed)
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
}

export interface SyntheticDemand {
  days: number
  stepSeconds: number
  level: number
  /** Height of the daily wave over the level. */
  swing: number
  /** Standard deviation of independent noise. */
  noise: number
  seed: number
}

/** Demand with a daily wave and noise, never below zero, from midnight on. */
export function syntheticDemand(made: SyntheticDemand): Float64Array {
  const normal = seededNormal(made.seed)
  const slotsPerDay = 86_400 / made.stepSeconds
  return Float64Array.from({ length: Math.round(made.days * slotsPerDay) }, (_, slot) => {
    const wave = made.swing * Math.sin((2 * Math.PI * slot) / slotsPerDay)
    return Math.max(0, made.level + wave + made.noise * normal())
  })
}
