import { ZodError } from 'zod'

import type { HpaManifest } from '../hpa/hpa-schema.ts'
import { readLiveHpa, seenByLiveHpa } from '../hpa/live.ts'
import type { Seen } from '../hpa/seen.ts'
import { type ConnectOptions, connect } from '../kubernetes/connect.ts'
import { KubernetesError, kubernetesError } from '../kubernetes/errors.ts'
import type { ResourceName } from '../kubernetes/resource.ts'
import { EXIT, Failure } from './failure.ts'

/** What a dry run asks of a cluster: it only reads. */
interface DryRunCluster {
  readHpa: (name: ResourceName) => Promise<Record<string, unknown>>
  seenFor: (hpa: HpaManifest) => Promise<Seen>
  close: () => Promise<void>
}

/** @throws Failure (unavailable) where the kubeconfig gives no cluster, later where it does not answer */
export function openCluster(options: ConnectOptions): DryRunCluster {
  const connection = orFailure(() => connect(options))
  const { signal } = new AbortController()
  return {
    readHpa: (name) => answered(readLiveHpa(connection, name, signal)),
    seenFor: (hpa) => answered(seenByLiveHpa(connection, hpa, Date.now() / 1000, signal)),
    close: () => connection.close(),
  }
}

function orFailure<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error), EXIT.unavailable)
  }
}

async function answered<Result>(request: Promise<Result>): Promise<Result> {
  try {
    return await request
  } catch (error) {
    // What is no answer of an API server is the server's fault, too.
    const theirs = error instanceof KubernetesError || error instanceof ZodError
    if (!theirs) throw error
    throw new Failure(kubernetesError(error, 'reading the cluster').message, EXIT.unavailable)
  }
}
