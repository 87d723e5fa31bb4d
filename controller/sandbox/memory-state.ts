import type { StateAnswer, StateKey, StateStore } from '../reconcile/ports.ts'

/** A state store in memory, for one scaler. */
export class MemoryState implements StateStore {
  texts: Partial<Record<StateKey, string>> = {}
  /** Set to answer with this instead. */
  fault: Extract<StateAnswer, { kind: 'error' }> | null = null
  /** Every write, by what it gave. */
  readonly writes: StateKey[][] = []
  reads = 0

  nameOf(scalerName: string): string {
    return `${scalerName}-foresail`
  }

  read(): Promise<StateAnswer> {
    this.reads++
    return Promise.resolve(this.fault ?? { kind: 'state', texts: { ...this.texts } })
  }

  write(_scaler: unknown, texts: Partial<Record<StateKey, string | null>>): Promise<StateAnswer> {
    if (this.fault !== null) return Promise.resolve(this.fault)
    this.writes.push(Object.keys(texts) as StateKey[])
    const all = Object.entries({ ...this.texts, ...texts }).filter(([, text]) => text !== null)
    this.texts = Object.fromEntries(all)
    return Promise.resolve({ kind: 'state', texts: { ...this.texts } })
  }
}
