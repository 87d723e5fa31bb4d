import type { BacktestWorld } from '../../forecaster/backtest/world.ts'
import { timeSpan } from '../reports/numbers.ts'
import { EXIT, Failure } from './failure.ts'

/** Pods that start this slowly follow no day, and no forecast reaches them. */
const DAY_SECONDS = 86_400

const ADVICE = 'State the time from creating a pod to Ready, such as 90s'

/**
 * Refuses a start-up that no replay could say anything about.
 *
 * @throws Failure (usage)
 */
export function checkStartUp({ series, firstSlot }: BacktestWorld, startUpSeconds: number): void {
  const scoredSeconds = (series.values.length - firstSlot) * series.stepSeconds
  if (startUpSeconds < Math.min(DAY_SECONDS, scoredSeconds)) return
  const why =
    startUpSeconds < scoredSeconds
      ? 'pods that take a day to start cannot follow one'
      : `no pod asked for in the ${timeSpan(scoredSeconds)} after the warm-up would become Ready in them`
  throw new Failure(`a start-up of ${timeSpan(startUpSeconds)}: ${why}. ${ADVICE}`, EXIT.usage)
}
