import { startUpQuantile } from '../../forecaster/lead-time/start-up-quantile.ts'
import type { StartUpSample, StartUpStages } from '../reconcile/ports.ts'

/** The median of each stage over the pods that tell it, in whole seconds. Medians need not add up. */
export function stageMedians(samples: readonly StartUpSample[]): Partial<StartUpStages> {
  const median = (stage: keyof StartUpStages): Partial<StartUpStages> => {
    const seconds = samples.flatMap(({ stages }) => stages?.[stage] ?? [])
    return seconds.length === 0 ? {} : { [stage]: Math.round(startUpQuantile(seconds, [], 0.5)) }
  }
  return {
    ...median('schedulingSeconds'),
    ...median('imageSeconds'),
    ...median('applicationSeconds'),
  }
}
