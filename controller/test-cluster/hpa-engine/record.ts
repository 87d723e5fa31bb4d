import { setTimeout as sleep } from 'node:timers/promises'

import { z } from 'zod'

import type { Connection } from '../../kubernetes/connect.ts'
import {
  collectionPath,
  horizontalPodAutoscalers,
  objectPath,
  pods,
} from '../../kubernetes/resource.ts'
import { bodyOf } from './answer-bodies.ts'
import type { EngineCase } from './engine-case.ts'
import type { Question } from './served-metrics.ts'

const DEPLOYMENTS = { group: 'apps', version: 'v1', plural: 'deployments' }

const named = z.looseObject({ metadata: z.looseObject({ name: z.string() }) })
const listSchema = z.object({ items: z.array(named) })
export type ApiObject = z.output<typeof named>

/** One question of the HPA controller, with the world as it was while the controller waited. */
export interface Asked {
  atMs: number
  question: Question
  /** What it was answered; null for a failure. */
  body: unknown
  hpa: ApiObject
  scale: unknown
  pods: readonly ApiObject[]
}

/** HPAs and scales of the namespace at one moment, by name. */
export interface Glance {
  atMs: number
  hpas: ReadonlyMap<string, ApiObject>
  scales: ReadonlyMap<string, unknown>
}

/** All that was seen of the real controller. */
export class Recording {
  readonly asked: Asked[] = []
  readonly glances: Glance[] = []
  readonly #api: Connection
  readonly #namespace: string
  readonly #signal = new AbortController().signal

  constructor(api: Connection, namespace: string) {
    this.#api = api
    this.#namespace = namespace
  }

  /**
   * Answers a question by what is served now. The world is read first: as long as the controller waits it
   * changes nothing.
   */
  async answer(one: EngineCase, question: Question, step: number): Promise<unknown> {
    const { name, twin = false } = one
    const where = { namespace: this.#namespace, name }
    const hpaName = twin && question.metric === 'podMetrics' ? `${name}-2` : name
    const [hpa, scale, found] = await Promise.all([
      this.#get(objectPath(horizontalPodAutoscalers, { ...where, name: hpaName })),
      this.#get(`${objectPath(DEPLOYMENTS, where)}/scale`),
      this.#get(collectionPath(pods, this.#namespace), { labelSelector: `app=${name}` }),
    ])
    const items = listSchema.parse(found).items
    const names = items.map(({ metadata }) => metadata.name)
    const now = new Date()
    const body = bodyOf(question, one.served(step), names, now.toISOString()) ?? null
    const atMs = now.getTime()
    this.asked.push({ atMs, question, body, hpa: named.parse(hpa), scale, pods: items })
    return body
  }

  /** Looks at all HPAs every half second until told to stop. */
  async watch(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await this.#glance()
      await sleep(500)
    }
  }

  async #glance(): Promise<void> {
    const deployments = await this.#get(collectionPath(DEPLOYMENTS, this.#namespace))
    const hpas = await this.#get(collectionPath(horizontalPodAutoscalers, this.#namespace))
    const byName = (list: unknown) =>
      new Map(listSchema.parse(list).items.map((item) => [item.metadata.name, item]))
    const scales = new Map([...byName(deployments)].map(([name, one]) => [name, scaleOf(one)]))
    this.glances.push({ atMs: Date.now(), hpas: byName(hpas), scales })
  }

  #get(path: string, query?: Readonly<Record<string, string>>): Promise<unknown> {
    return this.#api.request({ path, ...(query && { query }) }, this.#signal)
  }
}

const deploymentSchema = z.object({
  spec: z.object({ replicas: z.int() }),
  status: z.object({ replicas: z.int().default(0) }),
})

/** A Deployment's scale subresource, from the Deployment: one list instead of fifty requests. */
function scaleOf(deployment: ApiObject): unknown {
  const { spec, status } = deploymentSchema.parse(deployment)
  return { spec, status: { ...status, selector: `app=${deployment.metadata.name}` } }
}
