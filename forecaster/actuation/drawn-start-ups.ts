import type { LogNormal } from '../lead-time/log-normal.ts'
import { seededRandom } from '../series/seeded-random.ts'
import type { StartUpSlots } from './pods.ts'

/** Every run draws the same list, so that policies differ by what they do; PROTOCOL §3 fixes both. */
const SEED = 1
const LISTED = 65_536

/** A start-up of its own for the k-th pod created: whole slots, at least one (PROTOCOL §3). */
export function drawnStartUps(startUp: LogNormal, stepSeconds: number): StartUpSlots {
  const random = seededRandom(SEED)
  const slots = Float64Array.from({ length: LISTED }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    const seconds = startUp.medianSeconds * Math.exp(startUp.logSd * normal)
    return Math.max(1, Math.ceil(seconds / stepSeconds - 1e-9))
  })
  return (created) => slots[created % LISTED] ?? 1
}
