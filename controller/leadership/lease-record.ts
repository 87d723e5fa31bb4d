import { z } from 'zod'

/** Durations of leader election, in milliseconds; client-go's rules and defaults (tools/leaderelection). */
export interface LeaseTiming {
  /** For so long a lease counts after its last change was seen. */
  durationMs: number
  /** A holder that could not renew for so long stops by itself; less than the duration. */
  renewDeadlineMs: number
  /** Between two tries. */
  retryMs: number
}

export const defaultLeaseTiming: LeaseTiming = {
  durationMs: 15_000,
  renewDeadlineMs: 10_000,
  retryMs: 2_000,
}

/** An annotation on the lease that stops all writes of its holder: the kill switch. */
export const STOP_WRITES_ANNOTATION = 'foresail.dev/stop-writes'

const leaseSchema = z.looseObject({
  metadata: z.looseObject({
    resourceVersion: z.string(),
    annotations: z.record(z.string(), z.string()).nullish(),
  }),
  spec: z
    .looseObject({
      holderIdentity: z.string().nullish(),
      leaseDurationSeconds: z.number().nullish(),
      leaseTransitions: z.number().nullish(),
      acquireTime: z.string().nullish(),
      renewTime: z.string().nullish(),
    })
    .prefault({}),
})

/** A Lease of coordination.k8s.io/v1 as it was read; what is not known passes through. */
export type Lease = z.output<typeof leaseSchema>

/** @throws ZodError for what is no Lease */
export function parseLease(object: unknown): Lease {
  return leaseSchema.parse(object)
}

/** The lease as last seen, and when this process first saw it so. */
export interface Sighting {
  lease: Lease
  /** By this process's own clock, which is never set: nobody else's time is believed. */
  seenAtMs: number
}

/** A lease that says the same as before was seen then, whoever wrote it again. */
export function sighted(before: Sighting | null, lease: Lease, nowMs: number): Sighting {
  const same = before !== null && JSON.stringify(before.lease.spec) === JSON.stringify(lease.spec)
  return { lease, seenAtMs: same ? before.seenAtMs : nowMs }
}

/** Whether `identity` may take the lease: it holds it, nobody does, or its holder has been silent too long. */
export function mayTake({ lease, seenAtMs }: Sighting, identity: string, nowMs: number): boolean {
  const { holderIdentity, leaseDurationSeconds } = lease.spec
  if (holderIdentity == null || holderIdentity === '' || holderIdentity === identity) return true
  return nowMs > seenAtMs + (leaseDurationSeconds ?? 0) * 1000
}

/** The spec with which `identity` takes or renews a lease. */
export function takenSpec(
  before: Lease['spec'] | null,
  identity: string,
  durationMs: number,
  wallMs: number,
): Lease['spec'] {
  const now = microTime(wallMs)
  const renews = before?.holderIdentity === identity
  return {
    ...before,
    holderIdentity: identity,
    leaseDurationSeconds: Math.ceil(durationMs / 1000),
    acquireTime: renews ? before.acquireTime : now,
    renewTime: now,
    leaseTransitions: (before?.leaseTransitions ?? 0) + (renews || before === null ? 0 : 1),
  }
}

/** The spec with which a holder lets go: another may take it at once. */
export function releasedSpec(before: Lease['spec'], wallMs: number): Lease['spec'] {
  const now = microTime(wallMs)
  return {
    ...before,
    holderIdentity: '',
    leaseDurationSeconds: 1,
    renewTime: now,
    acquireTime: now,
  }
}

export function writesStopped({ metadata }: Lease): boolean {
  const value = metadata.annotations?.[STOP_WRITES_ANNOTATION]
  return value !== undefined && value !== 'false'
}

/** The API wants microseconds. */
function microTime(wallMs: number): string {
  return new Date(wallMs).toISOString().replace('Z', '000Z')
}
