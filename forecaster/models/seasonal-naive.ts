import { valueAt } from '../series/history.ts'
import type { Model } from './model.ts'

/** The sample of the same time a day before. What a forecast must beat to be worth its name. */
export const seasonalNaiveDay: Model = seasonalNaive('seasonal-naive-day', 1)

/** The sample of the same time and weekday a week before: knows weekends, not yesterday. */
export const seasonalNaiveWeek: Model = seasonalNaive('seasonal-naive-week', 7)

function seasonalNaive(id: string, days: number): Model {
  return {
    id,
    fit: (history, untilStep, leadSteps) =>
      untilStep - history.firstStep < days * history.stepsPerDay
        ? null
        : { modelId: id, leadSteps, untilStep, weights: new Float64Array(0) },
    predict: ({ leadSteps }, history, nowStep) => {
      const season = days * history.stepsPerDay
      // The newest season that has passed: further back where the lead is longer than a season.
      const seasons = Math.ceil(leadSteps / season)
      return valueAt(history, nowStep + leadSteps - seasons * season)
    },
  }
}
