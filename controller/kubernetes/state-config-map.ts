import { createHash } from 'node:crypto'
import { z } from 'zod'
import { API_VERSION, KIND, type PredictiveScaler } from '../api/schema.ts'
import type { StateAnswer, StateErrorReason, StateKey, StateStore } from '../reconcile/ports.ts'
import type { ApiRequests } from './connect.ts'
import { KubernetesError, type KubernetesErrorReason, kubernetesError } from './errors.ts'
import { FIELD_MANAGER, mergePatch } from './patch.ts'
import { collectionPath, configMaps, objectPath } from './resource.ts'

const MANAGED_BY = 'app.kubernetes.io/managed-by'
const SUFFIX = '-foresail'
const NAME_LIMIT = 253

const FILES = {
  plan: 'plan.json',
  checkpoint: 'checkpoint.json',
  startUps: 'start-ups.json',
} as const satisfies Record<StateKey, string>
const KEYS = ['plan', 'checkpoint', 'startUps'] as const

const configMapSchema = z.looseObject({
  metadata: z.looseObject({
    resourceVersion: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    ownerReferences: z
      .array(z.looseObject({ kind: z.string(), name: z.string(), uid: z.string() }))
      .default([]),
  }),
  data: z.record(z.string(), z.string()).default({}),
})

type ConfigMap = z.output<typeof configMapSchema>

/**
 * One ConfigMap a scaler, owned by it: it goes when the scaler goes. One that is not ours is neither read nor
 * written. Every write is bound to the reading before it.
 */
export function createStateConfigMaps(api: ApiRequests): StateStore {
  /** null where there is none. */
  async function read(scaler: PredictiveScaler, signal: AbortSignal): Promise<ConfigMap | null> {
    try {
      const object = await api.request({ path: objectPath(configMaps, placeOf(scaler)) }, signal)
      return configMapSchema.parse(object)
    } catch (error) {
      if (error instanceof KubernetesError && error.reason === 'NotFound') return null
      throw error
    }
  }

  return {
    nameOf: stateNameOf,

    read: (scaler, signal) =>
      answering(scaler, signal, async () => {
        const found = await read(scaler, signal)
        if (found === null) return { kind: 'state', texts: {} }
        return refusal(found, scaler) ?? { kind: 'state', texts: textsOf(found.data) }
      }),

    write: (scaler, texts, signal) =>
      answering(scaler, signal, async () => {
        const found = await read(scaler, signal)
        const refused = found === null ? null : refusal(found, scaler)
        if (refused !== null) return refused
        const changed = changedData(found?.data ?? {}, texts)
        if (Object.keys(changed).length > 0) {
          if (found === null) await create(api, scaler, changed, signal)
          else {
            const { resourceVersion } = found.metadata
            const patch = { metadata: { resourceVersion }, data: changed }
            await mergePatch(api, configMaps, placeOf(scaler), patch, signal)
          }
        }
        const data = Object.entries({ ...found?.data, ...changed })
        return { kind: 'state', texts: textsOf(Object.fromEntries(data)) }
      }),
  }
}

/** A name that two scalers never share: one that would be too long is cut, and told apart by its hash. */
export function stateNameOf(scalerName: string): string {
  if (scalerName.length + SUFFIX.length <= NAME_LIMIT) return `${scalerName}${SUFFIX}`
  const hash = createHash('sha256').update(scalerName).digest('hex').slice(0, 16)
  const kept = scalerName.slice(0, NAME_LIMIT - SUFFIX.length - hash.length - 1)
  return `${kept.replace(/[.-]+$/, '')}-${hash}${SUFFIX}`
}

function placeOf({ metadata: { namespace, name } }: PredictiveScaler) {
  return { namespace, name: stateNameOf(name) }
}

/** Ours is what the label says and this very scaler owns. */
function refusal(
  { metadata: { labels, ownerReferences } }: ConfigMap,
  scaler: PredictiveScaler,
): StateAnswer | null {
  const labelled = labels[MANAGED_BY] === FIELD_MANAGER
  const { uid } = scaler.metadata
  if (labelled && uid !== undefined && ownerReferences.some((owner) => owner.uid === uid)) {
    return null
  }
  const left = labelled && ownerReferences.some(({ kind }) => kind === KIND)
  const why = left
    ? 'it belongs to an earlier scaler of that name and is about to be deleted'
    : 'it is not of Foresail; rename it, or the plan and what was learned are not kept'
  return { kind: 'error', reason: 'Foreign', message: `${labelOf(scaler)} is left alone: ${why}` }
}

async function create(
  api: ApiRequests,
  scaler: PredictiveScaler,
  data: Record<string, string | null>,
  signal: AbortSignal,
): Promise<void> {
  const { namespace, name, uid } = scaler.metadata
  const body = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      ...placeOf(scaler),
      labels: { [MANAGED_BY]: FIELD_MANAGER },
      ownerReferences: [{ apiVersion: API_VERSION, kind: KIND, name, uid, controller: true }],
    },
    data: Object.fromEntries(Object.entries(data).filter(([, text]) => text !== null)),
  }
  const path = collectionPath(configMaps, namespace)
  await api.request({ method: 'POST', path, query: { fieldManager: FIELD_MANAGER }, body }, signal)
}

/** What differs, by file; null where something is to go that is there. */
function changedData(
  standing: Readonly<Record<string, string>>,
  texts: Partial<Record<StateKey, string | null>>,
): Record<string, string | null> {
  const changed: Record<string, string | null> = {}
  for (const key of KEYS) {
    const text = texts[key]
    const file = FILES[key]
    if (text !== undefined && text !== (standing[file] ?? null)) changed[file] = text
  }
  return changed
}

function textsOf(data: Readonly<Record<string, string | null>>): Partial<Record<StateKey, string>> {
  const texts: Partial<Record<StateKey, string>> = {}
  for (const key of KEYS) {
    const text = data[FILES[key]]
    if (typeof text === 'string') texts[key] = text
  }
  return texts
}

async function answering(
  scaler: PredictiveScaler,
  signal: AbortSignal,
  run: () => Promise<StateAnswer>,
): Promise<StateAnswer> {
  try {
    return await run()
  } catch (error) {
    signal.throwIfAborted()
    const { reason, message } = kubernetesError(error, labelOf(scaler))
    return { kind: 'error', reason: ANSWER_REASON[reason], message }
  }
}

function labelOf(scaler: PredictiveScaler): string {
  const { namespace, name } = placeOf(scaler)
  return `ConfigMap ${namespace}/${name}`
}

const ANSWER_REASON: Record<KubernetesErrorReason, StateErrorReason> = {
  AccessDenied: 'AccessDenied',
  Conflict: 'Conflict',
  Gone: 'Conflict',
  Invalid: 'Invalid',
  // Only of a namespace that is being deleted.
  NotFound: 'Invalid',
  TooManyRequests: 'Unreachable',
  Unreachable: 'Unreachable',
  WritesHeld: 'WritesHeld',
}
