/** A stream of numbers in [0, 1): mulberry32, the generator of PROTOCOL §3. The same seed, the same stream. */
export function seededUniform(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A stream of standard normal numbers (Box and Muller's cosine half). */
export function seededNormal(seed: number): () => number {
  const uniform = seededUniform(seed)
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
