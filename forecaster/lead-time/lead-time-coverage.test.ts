import { erf } from 'mathjs'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../series/seeded-random.ts'
import { leadTime } from './lead-time.ts'
import { predictiveQuantile } from './log-normal-predictive.ts'
import { startUpQuantile } from './start-up-quantile.ts'

/**
 * Start-ups as they are on nodes that have the image (four of five, about 25 s) and on nodes that have
 * not (about 110 s): 110 s is the 90th percentile. How much of the start-ups to come does an estimate
 * of that percentile cover, on average, when n were seen?
 */
const WARM = { share: 0.8, seconds: 25 }
const COLD = { share: 0.2, seconds: 110 }
const LOG_SD = 0.3
const RUNS = 3000
/** Three standard errors of the average with the widest estimates are 0.014. */
const TOLERANCE = 0.02

type Estimate = (startUps: readonly number[]) => number

function meanCoverage(estimate: Estimate, n: number): number {
  const random = seededRandom(n)
  let sum = 0
  for (let run = 0; run < RUNS; run++) {
    sum += covered(estimate(Array.from({ length: n }, () => startUp(random))))
  }
  return sum / RUNS
}

function startUp(random: () => number): number {
  const { seconds } = random() < WARM.share ? WARM : COLD
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return seconds * Math.exp(LOG_SD * normal)
}

/** Share of all start-ups that take no longer. */
function covered(seconds: number): number {
  return [WARM, COLD].reduce((sum, { share, seconds: median }) => {
    const z = Math.log(seconds / median) / LOG_SD
    return sum + (share * (1 + erf(z / Math.SQRT2))) / 2
  }, 0)
}

describe('coverage of the 90th percentile, warm and cold nodes mixed', () => {
  it.each([
    { n: 1, empirical: 0.49, logNormal: 0.89, planned: 0.89 },
    { n: 3, empirical: 0.75, logNormal: 0.87, planned: 0.87 },
    { n: 5, empirical: 0.84, logNormal: 0.87, planned: 0.87 },
    { n: 10, empirical: 0.91, logNormal: 0.86, planned: 0.92 },
    { n: 50, empirical: 0.9, logNormal: 0.84, planned: 0.9 },
  ])('$n pods: $planned', ({ n, empirical, logNormal, planned }) => {
    const bounds = { percentile: 90, initialSeconds: 45, maxSeconds: 3600 }
    const within = (estimate: Estimate, expected: number) => {
      expect(Math.abs(meanCoverage(estimate, n) - expected)).toBeLessThan(TOLERANCE)
    }
    within((startUps) => startUpQuantile(startUps, [], 0.9), empirical)
    within((startUps) => predictiveQuantile(startUps, 45, 0.9), logNormal)
    within((startUps) => leadTime({ startUps, starting: [] }, bounds).startUpSeconds, planned)
  })
})
