import type { PredictiveScaler } from '../api/schema.ts'
import type { ApiRequests } from '../kubernetes/connect.ts'
import { rejectOnAbort } from '../kubernetes/deadline.ts'
import { KubernetesError, kubernetesError } from '../kubernetes/errors.ts'
import { serverSideApply } from '../kubernetes/patch.ts'
import { horizontalPodAutoscalers, objectPath } from '../kubernetes/resource.ts'
import type { FloorActuator, HpaAnswer, HpaView } from '../reconcile/ports.ts'
import { answerReason, createHpaFloor } from './hpa-floor.ts'
import { type Hpa, parseHpa, utilizationTarget } from './hpa-object.ts'
import { type HpaTemplate, hpaTemplate, TEMPLATE_ANNOTATION, templateHash } from './hpa-template.ts'

export interface CreatedHpaOptions {
  api: ApiRequests
  scaler: PredictiveScaler
  /** The most replicas now: spec.maxReplicas, or what a window of bounds puts in its place. */
  maxReplicas: number
}

/** Who makes the HPA in managedFields; the floor has another manager, as in an adopted one. */
const OWNER = 'foresail-owner'

/**
 * An HPA of Foresail's own, named after the scaler and gone with it. It is made at the first write, follows
 * the spec from then on, and its floor is moved as in an adopted one.
 */
export function createCreatedHpa({ api, scaler, maxReplicas }: CreatedHpaOptions): FloorActuator {
  const { metadata, spec } = scaler
  const { namespace, name } = metadata
  const kind = horizontalPodAutoscalers
  const label = `HorizontalPodAutoscaler ${namespace}/${name}`
  const guardMetric = spec.reactive.guard?.metric
  const floor = createHpaFloor({ api, namespace, name, guardMetric, scaled: spec.scaleTargetRef })
  const template = hpaTemplate(scaler, maxReplicas)
  const hash = templateHash(template)

  /** The HPA as it is; undefined where it does not exist. */
  async function found(signal: AbortSignal): Promise<Hpa | undefined> {
    try {
      return parseHpa(await api.request({ path: objectPath(kind, { namespace, name }) }, signal))
    } catch (error) {
      if (error instanceof KubernetesError && error.reason === 'NotFound') return undefined
      throw error
    }
  }

  async function apply(hpa: Hpa | undefined, minReplicas: number, signal: AbortSignal) {
    const owner = { apiVersion: scaler.apiVersion, kind: scaler.kind, name, uid: metadata.uid }
    const body = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: {
        ...{ namespace, name },
        ...(hpa && { resourceVersion: hpa.metadata.resourceVersion, uid: hpa.metadata.uid }),
        annotations: { [TEMPLATE_ANNOTATION]: hash },
        labels: { 'app.kubernetes.io/managed-by': 'foresail' },
        ownerReferences: [{ ...owner, controller: true, blockOwnerDeletion: false }],
      },
      spec: { ...template, minReplicas },
    }
    await serverSideApply(api, kind, { namespace, name }, body, signal, {
      force: true,
      fieldManager: OWNER,
    })
  }

  const notOurs = (): HpaAnswer => ({
    kind: 'error',
    reason: 'OtherOwner',
    message: `${label} exists and is not Foresail's; name it in spec.actuator.name to adopt it, or delete it`,
  })
  const isOurs = ({ metadata: { ownerReferences } }: Hpa): boolean =>
    ownerReferences.some(({ uid, controller }) => controller === true && uid === metadata.uid)

  async function answering(signal: AbortSignal, run: () => Promise<HpaAnswer>): Promise<HpaAnswer> {
    try {
      return await run()
    } catch (error) {
      if (signal.aborted) return rejectOnAbort(signal)
      const { reason, message } = kubernetesError(error, label)
      if (reason === 'NotFound') return { kind: 'missing', message }
      return { kind: 'error', reason: answerReason[reason], message }
    }
  }

  return {
    read: (signal) =>
      answering(signal, async () => {
        const hpa = await found(signal)
        if (hpa === undefined) return { kind: 'hpa', view: asItWillBe(scaler, template) }
        return isOurs(hpa) ? await floor.read(signal) : notOurs()
      }),
    write: (wanted, signal) =>
      answering(signal, async () => {
        const hpa = await found(signal)
        if (hpa !== undefined && !isOurs(hpa)) return notOurs()
        if (hpa?.metadata.annotations[TEMPLATE_ANNOTATION] !== hash) {
          // What stands stays: another template must not lower the floor for a moment.
          await apply(hpa, hpa?.spec.minReplicas ?? spec.minReplicas, signal)
        }
        return await floor.write(wanted, signal)
      }),
    release: (signal) =>
      answering(signal, async () => {
        const hpa = await found(signal)
        if (hpa === undefined) return { kind: 'missing', message: `${label} does not exist` }
        if (!isOurs(hpa)) return notOurs()
        const released = await floor.release(signal)
        if (released.kind !== 'hpa' || released.view.minReplicas === spec.minReplicas) {
          return released
        }
        await apply(await found(signal), spec.minReplicas, signal)
        return await floor.read(signal)
      }),
  }
}

/** Before its first write there is nothing to read: it will begin with the user's own values. */
function asItWillBe({ spec }: PredictiveScaler, template: HpaTemplate): HpaView {
  const { minReplicas } = spec
  const { metrics } = parseHpa({
    metadata: { namespace: '-', name: '-', uid: '-', resourceVersion: '-' },
    spec: template,
  }).spec
  const guardUtilization = utilizationTarget(metrics, spec.reactive.guard?.metric)
  return {
    minReplicas,
    maxReplicas: template.maxReplicas,
    currentReplicas: undefined,
    desiredReplicas: undefined,
    scalingActive: undefined,
    guardUtilization,
    original: { minReplicas, guardUtilization },
  }
}
