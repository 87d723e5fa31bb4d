/**
 * Which of `count` shards an object belongs to: FNV-1a over its name, the same in every process and for
 * ever. Another count moves most objects to another shard.
 */
export function shardOf({ namespace, name }: { namespace: string; name: string }, count: number) {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(`${namespace}/${name}`)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  }
  return hash % count
}
