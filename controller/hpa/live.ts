import { z } from 'zod'

import {
  type ControllerSettings,
  DEFAULT_SETTINGS,
} from '../../forecaster/reactive/hpa/controller-settings.ts'
import { type Failure, isFailure } from '../../forecaster/reactive/hpa/failure.ts'
import type { Scale } from '../../forecaster/reactive/hpa/hpa-spec.ts'
import { EMPTY_MEMORY } from '../../forecaster/reactive/hpa/memory.ts'
import type { Pod } from '../../forecaster/reactive/hpa/pod.ts'
import type { ApiRequests } from '../kubernetes/connect.ts'
import {
  collectionPath,
  horizontalPodAutoscalers,
  objectPath,
  pods as podResource,
  type ResourceName,
} from '../kubernetes/resource.ts'
import { apiAnswer } from './api-answer.ts'
import { type HpaManifest, metricsOf } from './hpa-schema.ts'
import { liveSample } from './live-samples.ts'
import { withoutNulls } from './read-manifest.ts'
import { resourceOfKind } from './resource-of-kind.ts'
import { type Seen, toScale } from './seen.ts'
import { podSchema, toPod } from './seen-pod.ts'
import { scaleSchema } from './snapshot-schema.ts'

/** @throws KubernetesError */
export async function readLiveHpa(
  api: ApiRequests,
  name: ResourceName,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const path = objectPath(horizontalPodAutoscalers, name)
  const object = z.record(z.string(), z.unknown()).parse(await api.request({ path }, signal))
  return withoutNulls(object)
}

/**
 * What the HPA sees in the cluster now. Only reads; what the controller alone remembers is not known.
 *
 * @throws KubernetesError where the cluster does not answer or lets us see too little
 */
export async function seenByLiveHpa(
  api: ApiRequests,
  hpa: HpaManifest,
  nowSeconds: number,
  signal: AbortSignal,
): Promise<Seen> {
  const { namespace } = hpa.metadata
  const scale = await scaleOf(api, hpa, signal)
  const pods = await podsOf(api, namespace, scale, signal)
  const found: Seen['scale'] =
    isFailure(pods) && !isFailure(scale)
      ? { ...scale, selector: { kind: 'unparsable', failure: pods.failure } }
      : scale
  const workload = { namespace, selector: selectorOf(scale) ?? '' }
  return {
    nowSeconds,
    scale: found,
    pods: isFailure(pods) ? [] : pods,
    samples: await Promise.all(
      metricsOf(hpa).map((metric) => liveSample(api, metric, workload, signal)),
    ),
    otherHpas: await rivalsOf(api, hpa, signal),
    memory: { ...EMPTY_MEMORY, recommendations: [] },
    memoryKnown: false,
    settings: await settingsOf(api, signal),
  }
}

async function scaleOf(
  api: ApiRequests,
  { metadata, spec }: HpaManifest,
  signal: AbortSignal,
): Promise<Scale | Failure> {
  const { apiVersion, kind, name } = spec.scaleTargetRef
  const resource = await resourceOfKind(api, apiVersion, kind, signal)
  if (isFailure(resource)) return resource
  const path = `${objectPath(resource, { namespace: metadata.namespace, name })}/scale`
  const said = await apiAnswer(api, { path }, signal)
  return isFailure(said) ? said : toScale(scaleSchema.parse(withoutNulls(said.answer)))
}

function selectorOf(scale: Seen['scale']): string | null {
  return isFailure(scale) || isFailure(scale.selector) ? null : scale.selector
}

const podList = z.object({ items: z.array(podSchema) })

/** A selector that the API does not take is no selector to the HPA either. */
async function podsOf(
  api: ApiRequests,
  namespace: string,
  scale: Seen['scale'],
  signal: AbortSignal,
): Promise<Pod[] | Failure> {
  const labelSelector = selectorOf(scale)
  if (labelSelector === null) return []
  const path = collectionPath(podResource, namespace)
  const said = await apiAnswer(api, { path, query: { labelSelector } }, signal)
  return isFailure(said) ? said : podList.parse(withoutNulls(said.answer)).items.map(toPod)
}

const hpaList = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      spec: z.object({ scaleTargetRef: z.object({ kind: z.string(), name: z.string() }) }),
    }),
  ),
})

/** Other HPAs of the same target: those that certainly select the same pods. */
async function rivalsOf(
  api: ApiRequests,
  { metadata, spec }: HpaManifest,
  signal: AbortSignal,
): Promise<string[]> {
  const path = collectionPath(horizontalPodAutoscalers, metadata.namespace)
  const { items } = hpaList.parse(await api.request({ path }, signal))
  const { kind, name } = spec.scaleTargetRef
  return items
    .filter((one) => one.metadata.name !== metadata.name)
    .filter(({ spec: { scaleTargetRef } }) => scaleTargetRef.kind === kind)
    .filter(({ spec: { scaleTargetRef } }) => scaleTargetRef.name === name)
    .map((one) => `${metadata.namespace}/${one.metadata.name}`)
}

const version = z.object({ minor: z.string() })

/** Defaults, with the gates as they come in the cluster's version: its flags cannot be read. */
async function settingsOf(api: ApiRequests, signal: AbortSignal): Promise<ControllerSettings> {
  const { minor } = version.parse(await api.request({ path: '/version' }, signal))
  const release = Number.parseInt(minor, 10)
  return {
    ...DEFAULT_SETTINGS,
    features: {
      configurableTolerance: release >= 35,
      scaleToZero: release >= 37,
      podLevelResources: release >= 34,
    },
  }
}
