const DAY_MS = 86_400_000
/** Demand before the ramp. */
export const NIGHT = 500
const DOUBLING_SECONDS = 90
const RAMP_SECONDS = 180
const PLATEAU_SECONDS = 3 * 3600

/** Total demand by milliseconds since 1970: a flat night, and each day a ramp that quadruples it in 180 s. */
export function morningRamp(rampAtMs: number): (at: number) => number {
  return (at) => {
    const day = Math.floor((at - rampAtMs + DAY_MS / 2) / DAY_MS)
    // People are not clocks: each day but today begins up to ten seconds early or late.
    const lateSeconds = day === 0 ? 0 : 20 * (grain(day) - 0.5)
    const since = (at - rampAtMs - day * DAY_MS) / 1000 - lateSeconds
    const noise = 1 + 0.03 * (grain(Math.floor(at / 1000)) - 0.5)
    return NIGHT * shape(since) * noise
  }
}

function shape(sinceSeconds: number): number {
  const top = 2 ** (RAMP_SECONDS / DOUBLING_SECONDS)
  if (sinceSeconds <= 0) return 1
  if (sinceSeconds <= RAMP_SECONDS) return 2 ** (sinceSeconds / DOUBLING_SECONDS)
  if (sinceSeconds <= PLATEAU_SECONDS) return top
  return 1 + (top - 1) * Math.exp((PLATEAU_SECONDS - sinceSeconds) / 3600)
}

/** A repeatable number in [0, 1) for each whole number: no two runs differ. */
function grain(n: number): number {
  const x = Math.sin(n * 12.9898 + 78.233) * 43_758.5453
  return x - Math.floor(x)
}
