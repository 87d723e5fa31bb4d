import { lastClosedSlotSeconds, type SlotSpan } from '../../prometheus/closed-slots.ts'

/**
 * The whole slots of the last `windowSeconds` before `endSeconds`: those that were over by then, and
 * that have been told by now, which takes one more step.
 *
 * @param windowSeconds at least one step
 */
export function reportSpan(
  nowSeconds: number,
  endSeconds: number,
  windowSeconds: number,
  stepSeconds: number,
): SlotSpan {
  const over = lastClosedSlotSeconds(endSeconds, stepSeconds)
  const told = lastClosedSlotSeconds(nowSeconds, stepSeconds) - stepSeconds
  const lastSeconds = Math.min(over, told)
  const slots = Math.floor(windowSeconds / stepSeconds)
  return { firstSeconds: lastSeconds - (slots - 1) * stepSeconds, lastSeconds, stepSeconds }
}
