import { z } from 'zod'

const metadataSchema = z.object({
  metadata: z.object({ uid: z.string(), resourceVersion: z.string() }),
})

export interface WatchCacheOptions<T> {
  /** Makes of an object (raw JSON) what is kept of it. What it throws is told to `onUnreadable`. */
  parse: (object: unknown) => T
  onChange: (item: T, previous: T | undefined) => void
  onDelete: (item: T) => void
  /** One object cannot be read: the others go on, and of this one the last readable state stays. */
  onUnreadable: (error: unknown) => void
}

/** The objects of a watch by uid. */
export interface WatchCache<T> {
  items: ReadonlyMap<string, T>
  /** An object as it is now; returns its uid, or undefined where it has none. */
  put(object: unknown): string | undefined
  remove(object: unknown): void
  /** After a whole list: all others are gone. */
  keepOnly(uids: ReadonlySet<string>): void
}

export function createWatchCache<T>(options: WatchCacheOptions<T>): WatchCache<T> {
  const items = new Map<string, T>()
  const versions = new Map<string, string>()
  const { parse, onChange, onDelete, onUnreadable } = options

  function removeUid(uid: string): void {
    const item = items.get(uid)
    versions.delete(uid)
    if (item === undefined) return
    items.delete(uid)
    onDelete(item)
  }

  return {
    items,
    put(object) {
      const read = metadataSchema.safeParse(object)
      if (!read.success) {
        onUnreadable(read.error)
        return undefined
      }
      const { uid, resourceVersion } = read.data.metadata
      if (versions.get(uid) === resourceVersion) return uid
      versions.set(uid, resourceVersion)
      const previous = items.get(uid)
      let item: T
      try {
        item = parse(object)
      } catch (error) {
        onUnreadable(error)
        return uid
      }
      items.set(uid, item)
      onChange(item, previous)
      return uid
    },
    remove(object) {
      const read = metadataSchema.safeParse(object)
      if (read.success) removeUid(read.data.metadata.uid)
      else onUnreadable(read.error)
    },
    keepOnly(uids) {
      for (const uid of [...versions.keys()]) if (!uids.has(uid)) removeUid(uid)
    },
  }
}
