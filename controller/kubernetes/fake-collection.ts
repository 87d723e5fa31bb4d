import type { ApiRequest, OpenAnswer } from './api-request.ts'
import type { ApiRequests } from './connect.ts'
import type { KubernetesError } from './errors.ts'
import type { Timing } from './timing.ts'

/** Time that moves only when a test says so. */
export function createManualTiming(): Timing & { advance: (ms: number) => Promise<void> } {
  let nowMs = 0
  let sleepers: { untilMs: number; wake: () => void }[] = []
  // Several turns of the event loop, so that everything that can go on has gone on.
  const settle = async () => {
    for (let turn = 0; turn < 12; turn += 1) await new Promise(setImmediate)
  }
  return {
    monotonicMs: () => nowMs,
    random: () => 0.5,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { untilMs: nowMs + ms, wake: resolve }
        sleepers.push(sleeper)
        signal.addEventListener('abort', () => {
          sleepers = sleepers.filter((one) => one !== sleeper)
          reject(signal.reason as Error)
        })
      }),
    async advance(ms) {
      const endMs = nowMs + ms
      await settle()
      for (;;) {
        const [first] = sleepers.toSorted((a, b) => a.untilMs - b.untilMs)
        if (first === undefined || first.untilMs > endMs) break
        sleepers = sleepers.filter((one) => one !== first)
        nowMs = Math.max(nowMs, first.untilMs)
        first.wake()
        await settle()
      }
      nowMs = endMs
    },
  }
}

interface FakeObject {
  metadata: { uid: string; resourceVersion: string }
}

interface Stream {
  send: (event: object) => void
  end: () => void
  breakOff: () => void
}

/** One collection of an API server, with every way it may fail a watch. For tests. */
export interface FakeCollection extends ApiRequests {
  objects: ReadonlyMap<string, FakeObject>
  lists: number
  watches: number
  put(uid: string): void
  remove(uid: string): void
  bookmark(): void
  /** The server closes all watches, as it does after timeoutSeconds. */
  endWatches(): void
  breakWatches(): void
  /** The connections are dead, but nobody is told. */
  silence(): void
  /** The next change is told to nobody, as by a proxy that drops it. */
  loseNext(): void
  /** An old change is told once more, whatever came after it. */
  repeatOld(): void
  /** Forgets the past: an older resource version is gone. */
  compact(): void
  /** Answers errors while set. */
  failing: KubernetesError | undefined
}

export function createFakeCollection(): FakeCollection {
  const objects = new Map<string, FakeObject>()
  let log: { version: number; event: object }[] = []
  let version = 1
  let compacted = 0
  let streams: Stream[] = []
  let losing = false
  let told: object | undefined

  function record(type: string, object: FakeObject): void {
    const event = { type, object }
    log.push({ version, event })
    if (!losing) for (const { send } of streams) send(event)
    if (!losing && told === undefined) told = event
    losing = false
  }
  function open({ query = {} }: ApiRequest, signal: AbortSignal): Promise<OpenAnswer> {
    collection.watches += 1
    if (collection.failing !== undefined) return Promise.reject(collection.failing)
    const from = Number(query['resourceVersion'])
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const stream: Stream = {
          send: (event) => {
            controller.enqueue(Buffer.from(`${JSON.stringify(event)}\n`))
          },
          end: () => {
            controller.close()
          },
          breakOff: () => {
            controller.error(new TypeError('terminated'))
          },
        }
        const leave = () => {
          streams = streams.filter((one) => one !== stream)
        }
        signal.addEventListener('abort', () => {
          leave()
          controller.error(signal.reason)
        })
        if (from < compacted) {
          stream.send({ type: 'ERROR', object: { code: 410, message: 'too old' } })
          stream.end()
          return
        }
        for (const { version: at, event } of log) if (at > from) stream.send(event)
        streams.push(stream)
      },
    })
    return Promise.resolve({ status: 200, headers: {}, body, text: () => Promise.resolve('') })
  }
  const takeStreams = (): Stream[] => streams.splice(0)

  const collection: FakeCollection = {
    objects,
    lists: 0,
    watches: 0,
    failing: undefined,
    open,
    request({ query = {} }) {
      collection.lists += 1
      if (collection.failing !== undefined) return Promise.reject(collection.failing)
      const all = [...objects.values()]
      const begin = Number(query['continue'] ?? 0)
      const items = all.slice(begin, begin + 2)
      const more = begin + 2 < all.length ? { continue: String(begin + 2) } : {}
      return Promise.resolve({ metadata: { resourceVersion: String(version), ...more }, items })
    },
    put(uid) {
      version += 1
      const known = objects.has(uid)
      const object = { metadata: { uid, resourceVersion: String(version) } }
      objects.set(uid, object)
      record(known ? 'MODIFIED' : 'ADDED', object)
    },
    remove(uid) {
      if (!objects.delete(uid)) return
      version += 1
      record('DELETED', { metadata: { uid, resourceVersion: String(version) } })
    },
    bookmark() {
      const object = { metadata: { resourceVersion: String(version) } }
      for (const { send } of streams) send({ type: 'BOOKMARK', object })
    },
    endWatches() {
      for (const { end } of takeStreams()) end()
    },
    breakWatches() {
      for (const { breakOff } of takeStreams()) breakOff()
    },
    silence() {
      takeStreams()
    },
    loseNext() {
      losing = true
    },
    repeatOld() {
      if (told !== undefined) for (const { send } of streams) send(told)
      told = undefined
    },
    compact() {
      compacted = version
      log = []
    },
  }
  return collection
}
