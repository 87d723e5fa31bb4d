import type { SignalReading } from '../signals/signal-reading.ts'

/** Demand in replicas by slot: the largest need of all signals. */
export interface CombinedDemand {
  /** NaN unless every signal is known and whole: what trains the forecast and may lower. */
  whole: Float64Array
  /** The largest of the signals that are known; NaN when none is. It may only raise. */
  atLeast: Float64Array
  /** The signal with the largest need in the newest slot in which any is known. */
  binding: string | null
}

type Combinable = Pick<SignalReading, 'name' | 'values' | 'capacityPerReplica' | 'lowerBound'>

/** Several signals become one series before forecasting; the largest need wins (api.md). */
export function combineSignals(signals: readonly Combinable[]): CombinedDemand {
  const slots = Math.max(0, ...signals.map(({ values }) => values.length))
  const whole = new Float64Array(slots).fill(NaN)
  const atLeast = new Float64Array(slots).fill(NaN)
  let binding: string | null = null
  for (let slot = 0; slot < slots; slot++) {
    let largest = NaN
    let complete = true
    for (const signal of signals) {
      const need = Math.max(0, signal.values[slot] ?? NaN) / signal.capacityPerReplica
      if (signal.lowerBound[slot] === 1 || !Number.isFinite(need)) complete = false
      if (Number.isFinite(need) && !(need <= largest)) {
        largest = need
        binding = signal.name
      }
    }
    atLeast[slot] = largest
    if (complete) whole[slot] = largest
  }
  return { whole, atLeast, binding }
}
