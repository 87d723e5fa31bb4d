/**
 * Where in [0, 1) a scaler lies among all: the same in every process and for ever, so that what all of them
 * have to do is not done at once. FNV-1a, with its bits mixed once more: names differ in their last letter only.
 */
export function spreadOf(id: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(id)) hash = Math.imul(hash ^ byte, 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
