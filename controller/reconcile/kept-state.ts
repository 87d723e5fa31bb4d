import type { PredictiveScalerSpec } from '../api/spec.ts'
import { demandFingerprint } from './demand-fingerprint.ts'
import type { StateKey } from './ports.ts'
import { parseStoredCheckpoint, type StoredCheckpoint } from './stored-checkpoint.ts'
import { parseStoredPlan, type StoredPlan } from './stored-plan.ts'
import type { Parsed } from './versioned-json.ts'

/** What stands in the state store, as far as it is understood and of this demand. */
export interface KeptState {
  plan: StoredPlan | null
  checkpoint: StoredCheckpoint | null
  startUps: string | null
  /** Written by a newer version: counts as absent, and is left alone. */
  newer: ReadonlySet<StateKey>
  /** The fit and the spec that the newest write was made from; null before the first. */
  madeFrom: { fittedUntil: number; generation: number } | null
}

export function nothingKept(): KeptState {
  return { plan: null, checkpoint: null, startUps: null, newer: new Set(), madeFrom: null }
}

/** From the texts of the store; what cannot be used counts as absent, and is said. Never throws. */
export function readKept(
  texts: Partial<Record<StateKey, string>>,
  spec: PredictiveScalerSpec,
): { kept: KeptState; said: string[] } {
  const newer = new Set<StateKey>()
  const said: string[] = []
  const demand = demandFingerprint(spec)
  function use<T extends { demand: string }>(
    key: StateKey,
    parse: (text: string) => Parsed<T>,
  ): T | null {
    const text = texts[key]
    const parsed = text === undefined ? null : parse(text)
    switch (parsed?.kind) {
      case undefined:
        return null
      case 'newer':
        newer.add(key)
        said.push(`the stored ${key} is of a newer version of Foresail: it is left alone`)
        return null
      case 'unreadable':
        said.push(`the stored ${key} cannot be read (${parsed.why}): it is made anew`)
        return null
      case 'known':
        if (parsed.value.demand === demand) return parsed.value
        said.push(`the stored ${key} is of another demand or target: it is made anew`)
        return null
    }
  }
  const plan = use('plan', parseStoredPlan)
  const checkpoint = use('checkpoint', parseStoredCheckpoint)
  const startUps = texts.startUps ?? null
  return { kept: { plan, checkpoint, startUps, newer, madeFrom: checkpoint }, said }
}
