import { studentTQuantile } from './student-t.ts'

/**
 * Before any pod is seen, the logarithm of a start-up spreads by this (research §6); that the spread
 * is so counts as much as four pods, that the centre is where the user says as much as one.
 */
const PRIOR_LOG_SD = 0.6
const PRIOR_SPREAD_PODS = 4
const PRIOR_CENTRE_PODS = 1
/** Kubernetes writes times in whole seconds: a start-up of 0 s took less than one. */
const LEAST_SECONDS = 1

/**
 * Quantile of the next start-up, in seconds: log-normal with unknown centre and spread, both learned
 * from the pods seen (posterior predictive under the normal-inverse-gamma prior: a Student t of the
 * logarithm). Few pods leave the spread wide, so that the quantile errs on the long side.
 *
 * @param startUps seconds from creation to Ready; may be empty
 * @param priorMedianSeconds what a start-up is thought to take before any is seen
 * @param probability in (0, 1)
 */
export function predictiveQuantile(
  startUps: ArrayLike<number>,
  priorMedianSeconds: number,
  probability: number,
): number {
  const logs = Float64Array.from(startUps, (seconds) => Math.log(Math.max(LEAST_SECONDS, seconds)))
  const n = logs.length
  const priorMean = Math.log(priorMedianSeconds)
  const mean = logs.reduce((sum, log) => sum + log, 0) / Math.max(1, n)
  const squares = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0)
  const centrePods = PRIOR_CENTRE_PODS + n
  const degrees = PRIOR_SPREAD_PODS + n
  const centre = (PRIOR_CENTRE_PODS * priorMean + n * mean) / centrePods
  const apart = ((PRIOR_CENTRE_PODS * n) / centrePods) * (mean - priorMean) ** 2
  const variance = (PRIOR_SPREAD_PODS * PRIOR_LOG_SD ** 2 + squares + apart) / degrees
  const scale = Math.sqrt(variance * (1 + 1 / centrePods))
  return Math.exp(centre + scale * studentTQuantile(probability, degrees))
}
