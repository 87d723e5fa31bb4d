import type { HpaSetting } from '../../../forecaster/backtest/hpa-policy.ts'

import { timeSpan } from '../numbers.ts'

/** An HPA in a few words: `70 %, 5 m window`. */
export function hpaWords({ targetPercent, stabilizationSeconds }: HpaSetting): string {
  return `${Number(targetPercent.toFixed(4))} %, ${timeSpan(stabilizationSeconds)} window`
}
