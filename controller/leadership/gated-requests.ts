import type { ApiRequests } from '../kubernetes/connect.ts'
import { KubernetesError } from '../kubernetes/errors.ts'
import type { WriteBudget } from './write-budget.ts'

export interface WriteGate {
  /** Why nothing may be written now; null while it may. Asked right before each write. */
  refusal(): string | null
  /** For how long a write begun now is covered by the lease, in milliseconds. */
  coveredMs(): number
  budget: WriteBudget
  /** Every write asked for, with what became of it. */
  onWrite(outcome: WriteOutcome): void
}

export type WriteOutcome = 'written' | 'refused' | 'failed'

/** What a write may take at most, lease or not. */
const WRITE_DEADLINE_MS = 10_000

/** Requests that write only while the gate is open. No adapter can forget it: it lies beneath them all. */
export function gatedRequests(api: ApiRequests, gate: WriteGate): ApiRequests {
  const pass = (doing: string): void => {
    const why = gate.refusal()
    if (why === null) return
    gate.onWrite('refused')
    throw new KubernetesError('WritesHeld', `${doing}: not written, ${why}`)
  }
  return {
    open: (request, signal) => api.open(request, signal),
    async request(request, signal, deadlineMs = WRITE_DEADLINE_MS) {
      const { method = 'GET', path } = request
      if (method === 'GET') return await api.request(request, signal, deadlineMs)
      const doing = `${method} ${path}`
      pass(doing)
      await gate.budget.take(signal)
      pass(doing)
      try {
        const answer = await api.request(request, signal, Math.min(deadlineMs, gate.coveredMs()))
        gate.onWrite('written')
        return answer
      } catch (error) {
        gate.onWrite('failed')
        throw error
      }
    },
  }
}
