import type { ApiRequests } from '../kubernetes/connect.ts'
import { KubernetesError, kubernetesError } from '../kubernetes/errors.ts'
import { collectionPath, objectPath, type ResourceKind } from '../kubernetes/resource.ts'
import type { Timing } from '../kubernetes/timing.ts'
import {
  defaultLeaseTiming,
  type Lease,
  type LeaseTiming,
  mayTake,
  parseLease,
  releasedSpec,
  type Sighting,
  sighted,
  takenSpec,
  writesStopped,
} from './lease-record.ts'

const leases: ResourceKind = { group: 'coordination.k8s.io', version: 'v1', plural: 'leases' }

/** A lease while it is held. */
export interface Hold {
  /** Aborts once the lease is lost, or the process stops. */
  signal: AbortSignal
  /** Until when writes are covered by the lease, by the monotonic clock. */
  coveredUntilMs(): number
  /** Somebody has thrown the kill switch: see STOP_WRITES_ANNOTATION. */
  writesStopped(): boolean
}

export interface ElectionOptions {
  api: ApiRequests
  namespace: string
  name: string
  /** Unlike that of any other process. */
  identity: string
  timing: Timing
  /** Wall clock, for the times that people read in the lease. */
  wallMs: () => number
  durations?: LeaseTiming
  /** Tries to wait before taking a lease that another may take: those who hold many let others go first. */
  patience?: () => number
  onTrouble: (message: string) => void
}

/** client-go's JitterFactor: candidates do not try in step. */
const JITTER = 1.2

/**
 * Holds a lease whenever it can and calls `lead` for as long as it does; ends when the signal aborts, after
 * `lead` has ended and the lease was given back.
 *
 * As client-go says of its own: this does not fence. Two may believe to lead for as long as a request of a
 * lost leader is under way, so every write is bound to a resource version too.
 */
export async function electLeader(
  options: ElectionOptions,
  lead: (hold: Hold) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { api, namespace, name, identity, timing, wallMs } = options
  const { durationMs, renewDeadlineMs, retryMs } = options.durations ?? defaultLeaseTiming
  const path = objectPath(leases, { namespace, name })
  let seen: Sighting | null = null
  let renewedAtMs = 0

  const request = (method: 'GET' | 'PUT' | 'POST', body?: object): Promise<unknown> =>
    api.request(
      {
        method,
        path: method === 'POST' ? collectionPath(leases, namespace) : path,
        ...(body !== undefined && { body }),
      },
      // A lease is given back also while the process stops.
      new AbortController().signal,
      renewDeadlineMs / 2,
    )
  const note = (object: unknown): Lease => {
    const lease = parseLease(object)
    seen = sighted(seen, lease, timing.monotonicMs())
    return lease
  }

  /** Takes or renews the lease; false while another holds it. */
  async function tryTake(): Promise<boolean> {
    const askedAtMs = timing.monotonicMs()
    let lease: Lease | null
    try {
      lease = note(await request('GET'))
    } catch (error) {
      if (!(error instanceof KubernetesError) || error.reason !== 'NotFound') throw error
      lease = null
    }
    if (lease !== null && seen !== null && !mayTake(seen, identity, timing.monotonicMs()))
      return false
    const spec = takenSpec(lease?.spec ?? null, identity, durationMs, wallMs())
    if (lease === null) {
      const metadata = { namespace, name }
      const body = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec }
      note(await request('POST', body))
    } else note(await request('PUT', { ...lease, spec }))
    renewedAtMs = askedAtMs
    return true
  }

  /** As {@link tryTake}; a conflict is another's luck, all else is trouble and told. */
  async function tryTakeOrSay(): Promise<boolean> {
    try {
      return await tryTake()
    } catch (error) {
      const { reason, message } = kubernetesError(error, `take the lease ${namespace}/${name}`)
      if (reason !== 'Conflict') options.onTrouble(message)
      return false
    }
  }

  async function giveBack(): Promise<void> {
    if (seen?.lease.spec.holderIdentity !== identity) return
    const { lease } = seen
    await request('PUT', { ...lease, spec: releasedSpec(lease.spec, wallMs()) }).catch(
      (error: unknown) => {
        options.onTrouble(kubernetesError(error, `give back the lease ${name}`).message)
      },
    )
  }

  async function leadWhileHeld(): Promise<void> {
    const lost = new AbortController()
    const stop = () => {
      lost.abort()
    }
    signal.addEventListener('abort', stop, { once: true })
    // It may have come while the lease was being taken.
    if (signal.aborted) stop()
    const leading = lead({
      signal: lost.signal,
      coveredUntilMs: () => renewedAtMs + renewDeadlineMs,
      writesStopped: () => seen !== null && writesStopped(seen.lease),
    })
    try {
      await pause(retryMs, lost.signal)
      while (!lost.signal.aborted) {
        await tryTakeOrSay()
        if (timing.monotonicMs() > renewedAtMs + renewDeadlineMs || !holds()) lost.abort()
        await pause(retryMs, lost.signal)
      }
    } finally {
      lost.abort()
      signal.removeEventListener('abort', stop)
      await leading
    }
  }

  const holds = (): boolean => seen?.lease.spec.holderIdentity === identity
  const pause = async (ms: number, until: AbortSignal): Promise<void> => {
    if (!until.aborted) await timing.sleep(ms, until).catch(() => undefined)
  }

  let tries = 0
  while (!signal.aborted) {
    const patient = tries >= (options.patience?.() ?? 0)
    tries++
    if (patient && (await tryTakeOrSay())) {
      await leadWhileHeld()
      tries = 0
    }
    await pause(retryMs * (1 + JITTER * timing.random()), signal)
  }
  await giveBack()
}
