import { ENOUGH_START_UPS } from '../../forecaster/lead-time/recent-start-ups.ts'
import type { StartUpSample } from '../reconcile/ports.ts'

/** Over so many of the newest start-ups it is judged where the next pods will land. */
const LATELY = 20

/**
 * The start-ups that say how long the next pods will take. Those on young nodes stand apart, or the lead would
 * be that of the rarest pods; they count once most of the newest pods landed on such nodes, for then the next
 * ones will too. Those of another template count until the one in use has enough of its own: a rollout must
 * neither forget everything at once nor be bound to old starts for ever.
 *
 * @param revision the template that pods are made from now
 */
export function chosenStartUps(
  samples: readonly StartUpSample[],
  revision: string,
): readonly StartUpSample[] {
  const usual = landsOnYoung(samples) ? samples : samples.filter((one) => !isYoung(one))
  const own = usual.filter((sample) => (sample.revision ?? '') === revision)
  return own.length >= ENOUGH_START_UPS ? own : usual
}

/** Whether most of the newest pods landed on young nodes, so that the next ones will too. */
export function landsOnYoung(samples: readonly StartUpSample[]): boolean {
  const newest = samples.toSorted((a, b) => a.readyAtSeconds - b.readyAtSeconds).slice(-LATELY)
  return newest.filter(isYoung).length > newest.length / 2
}

export function isYoung({ youngNode }: StartUpSample): boolean {
  return youngNode === true
}
