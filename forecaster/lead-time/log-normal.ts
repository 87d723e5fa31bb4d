/** Start-up of a pod as a log-normal; a log sd of 0 is the same for every pod. */
export interface LogNormal {
  medianSeconds: number
  /** Standard deviation of the logarithm. */
  logSd: number
}

/** Every pod takes the same. */
export function sameForAll(startUpSeconds: number): LogNormal {
  return { medianSeconds: startUpSeconds, logSd: 0 }
}

/**
 * The log-normal with this median and this other quantile.
 *
 * @param probability in (0.5, 1), that of `seconds`
 */
export function logNormalThrough(
  medianSeconds: number,
  probability: number,
  seconds: number,
): LogNormal {
  return { medianSeconds, logSd: Math.log(seconds / medianSeconds) / normalQuantile(probability) }
}

/** Seconds within which this share of the pods is Ready. */
export function logNormalQuantile(
  { medianSeconds, logSd }: LogNormal,
  probability: number,
): number {
  return medianSeconds * Math.exp(logSd * normalQuantile(probability))
}

/**
 * Quantile of the standard normal distribution for a probability in [0.5, 1): Newton's steps from the
 * median, below the quantile all the way because the distribution function bends downwards there.
 */
function normalQuantile(probability: number): number {
  let z = 0
  for (let step = 0; step < 40; step++) {
    z += (probability - normalShare(z)) / normalDensity(z)
  }
  return z
}

/** P(Z <= z) by its power series about 0 (Abramowitz and Stegun 26.2.11). */
function normalShare(z: number): number {
  let term = z
  let sum = z
  for (let odd = 3; odd < 200; odd += 2) {
    term *= (z * z) / odd
    sum += term
  }
  return 0.5 + sum * normalDensity(z)
}

function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
}
