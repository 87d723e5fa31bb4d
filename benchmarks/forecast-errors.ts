import { isCalibrated } from '../forecaster/distribution/calibration.ts'
import { type Distribution, inReplicas, mixture } from '../forecaster/distribution/distribution.ts'
import { exceedanceAt, scoreAt } from '../forecaster/distribution/tail.ts'
import { MODELS } from '../forecaster/models/registry.ts'
import { appendSample, createHistory, newestStep } from '../forecaster/series/history.ts'
import type { Series } from '../forecaster/series/series.ts'
import { fitUntilStep } from '../forecaster/workload/fit-schedule.ts'
import {
  adoptFits,
  advanceOutlook,
  createOutlook,
  fitOutlook,
  LEAD_MIXTURE,
  type Outlook,
} from '../forecaster/workload/outlook.ts'

/** The quantile judged: a plan stands on a high one, not on the middle. */
const QUANTILE = 0.95
const WARM_UP_DAYS = 7
/** Days of samples that a workload remembers in production. */
const HISTORY_DAYS = 9

/** The members of the law at the lead, mixed as it mixes them, without its forest. */
export const MIXTURE = LEAD_MIXTURE.map(({ modelId }) => modelId).join(' + ')

/** Sums over the slots judged; errors in replicas. */
export interface ForecastErrors {
  absolute: number
  pinball: number
  /** Slots in which demand stayed at or below the quantile. */
  within: number
  slots: number
}

interface Forecast {
  centre: number
  demand: Distribution
}

/**
 * Rolls through a recording slot by slot with every forecaster, refitted as in production, each with the same
 * calibration. Judged after a week of warm-up, in the slots that all of them forecast.
 *
 * @param capacityPerReplica the least error that counts is a hundredth of it
 */
export function forecastErrors(
  series: Series,
  capacityPerReplica: number,
  horizonSteps: number,
): Map<string, ForecastErrors> {
  const { stepSeconds } = series
  const firstStep = Math.round(series.startSeconds / stepSeconds)
  const history = createHistory(stepSeconds, firstStep, HISTORY_DAYS)
  const settings = { stepSeconds, firstStep, capacityPerReplica, horizonSteps }
  const outlooks = MODELS.map(({ id }) => {
    const outlook = createOutlook(settings, [{ modelId: id, weight: 1, errors: 'scaled' }])
    // One history for all, so that the day's templates are learned once.
    return { ...outlook, history }
  })
  const errors = new Map<string, ForecastErrors>()
  const pending = new Map<number, Map<string, Forecast>>()
  const firstJudged = firstStep + WARM_UP_DAYS * history.stepsPerDay
  let fittedUntil = firstStep
  for (const value of series.values) {
    const step = newestStep(history) + 1
    const until = fitUntilStep(step + 1, stepSeconds)
    if (until > fittedUntil) {
      for (const outlook of outlooks) adoptFits(outlook, fitOutlook(outlook, until))
      fittedUntil = until
    }
    const forecasts = pending.get(step)
    pending.delete(step)
    if (step >= firstJudged && forecasts?.size === MODELS.length && !Number.isNaN(value)) {
      judge(errors, forecasts, value / capacityPerReplica)
    }
    appendSample(history, value)
    const ahead = new Map<string, Forecast>()
    for (const outlook of outlooks) {
      advanceOutlook(outlook)
      for (const member of outlook.members) {
        const forecast = calibrated(member, capacityPerReplica)
        if (forecast !== null) ahead.set(member.modelId, forecast)
      }
    }
    pending.set(step + horizonSteps, ahead)
  }
  return errors
}

/** What a member tells of the slot ahead, in replicas; null while its errors are too few. */
function calibrated(
  { centre, scale, calibration }: Outlook['members'][number],
  capacityPerReplica: number,
): Forecast | null {
  if (calibration === null || !(scale > 0) || !isCalibrated(calibration)) return null
  const demand = inReplicas(
    capacityPerReplica,
    (value) => exceedanceAt(calibration.quantiles, (value - centre) / scale),
    (probability) => centre + scale * scoreAt(calibration.quantiles, 1 - probability),
  )
  return { centre: centre / capacityPerReplica, demand }
}

/** @param actual demand in replicas, as forecasts are */
function judge(
  errors: Map<string, ForecastErrors>,
  forecasts: ReadonlyMap<string, Forecast>,
  actual: number,
): void {
  for (const [name, forecast] of [...forecasts, [MIXTURE, mixed(forecasts)] as const]) {
    const sums = errors.get(name) ?? { absolute: 0, pinball: 0, within: 0, slots: 0 }
    const miss = actual - forecast.demand.quantile(QUANTILE)
    sums.absolute += Math.abs(actual - forecast.centre)
    sums.pinball += miss > 0 ? QUANTILE * miss : (QUANTILE - 1) * miss
    sums.within += miss <= 0 ? 1 : 0
    sums.slots++
    errors.set(name, sums)
  }
}

/** The centre of a mixture is the mean of its members' centres, by weight. */
function mixed(forecasts: ReadonlyMap<string, Forecast>): Forecast {
  let centre = 0
  const parts: { weight: number; part: Distribution }[] = []
  for (const { modelId, weight } of LEAD_MIXTURE) {
    const forecast = forecasts.get(modelId)
    if (forecast === undefined) continue
    centre += weight * forecast.centre
    parts.push({ weight, part: forecast.demand })
  }
  return { centre, demand: mixture(parts) }
}
