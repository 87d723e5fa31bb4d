import { ENOUGH_START_UPS } from '../../forecaster/lead-time/recent-start-ups.ts'
import type { StartUpSample } from '../reconcile/ports.ts'

/**
 * The start-ups that say how long the next pods will take. Those on young nodes stand apart: with them a
 * lead would be that of the rarest pods. Those of another template count until the one in use has enough of
 * its own: a rollout must neither forget everything at once nor be bound to old starts for ever.
 *
 * @param revision the template that pods are made from now
 */
export function chosenStartUps(
  samples: readonly StartUpSample[],
  revision: string,
): readonly StartUpSample[] {
  const warm = samples.filter(({ youngNode }) => youngNode !== true)
  // Where nodes are always new, new nodes are what is to be expected.
  const usual =
    warm.length >= ENOUGH_START_UPS || warm.length >= samples.length / 2 ? warm : samples
  const own = usual.filter((sample) => (sample.revision ?? '') === revision)
  return own.length >= ENOUGH_START_UPS ? own : usual
}
