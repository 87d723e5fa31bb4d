import { startUpQuantile } from '../../forecaster/lead-time/start-up-quantile.ts'
import type { StartUpSample, StartUpStages } from '../reconcile/ports.ts'

/** The median of each stage over the pods that say; null where none does. Medians need not add up. */
export function stageMedians(samples: readonly StartUpSample[]): StartUpStages | null {
  const stages = samples.flatMap((sample) => sample.stages ?? [])
  if (stages.length === 0) return null
  const median = (stage: keyof StartUpStages): number =>
    Math.round(
      startUpQuantile(
        stages.map((one) => one[stage]).sort((a, b) => a - b),
        [],
        0.5,
      ),
    )
  return {
    schedulingSeconds: median('schedulingSeconds'),
    imageSeconds: median('imageSeconds'),
    applicationSeconds: median('applicationSeconds'),
  }
}
