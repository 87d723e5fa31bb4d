import type { HpaSetting } from '../../../forecaster/backtest/hpa-policy.ts'

import { timeSpan } from './numbers.ts'

/** An HPA in a few words: `70 %, 5 m window`, and whether it moves by rules of its own. */
export function hpaWords({ targetPercent, stabilizationSeconds, behavior }: HpaSetting): string {
  const rules = behavior === undefined ? '' : ', own behavior'
  return `${Number(targetPercent.toFixed(4))} %, ${timeSpan(stabilizationSeconds)} window${rules}`
}
