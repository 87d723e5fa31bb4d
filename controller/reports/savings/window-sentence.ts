import { amount, timeSpan } from '../numbers.ts'
import type { Savings } from './savings-result.ts'
import { utcMinute } from './utc-minute.ts'

/** Which slots the report is about, in one sentence. */
export function windowSentence(savings: Savings): string {
  const { startSeconds, endSeconds, stepSeconds, slots, comparedSlots } = savings
  return (
    `${utcMinute(startSeconds)} to ${utcMinute(endSeconds)}, ${timeSpan(endSeconds - startSeconds)}: ` +
    `${amount(slots)} slots of ${timeSpan(stepSeconds)}, ${amount(comparedSlots)} of them compared`
  )
}
