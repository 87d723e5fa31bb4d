import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

import { removeAtExit } from './children.ts'
import { say, seconds } from './say.ts'

/**
 * $FORESAIL_TEST_CACHE, else foresail-test in the user's cache; a folder per versions lies in it.
 * Outside the tree, so that a fresh clone starts in seconds where an earlier one has built.
 */
export function cacheRoot(): string {
  const own = process.env['FORESAIL_TEST_CACHE']
  if (own !== undefined && own !== '') return own
  const base = process.env['XDG_CACHE_HOME'] ?? ''
  return join(base === '' ? join(homedir(), '.cache') : base, 'foresail-test')
}

/**
 * Returns the cache folder `name`, filling it first where it does not exist. It is filled under
 * another name and renamed at the end: an interrupted build leaves nothing that looks finished, and
 * of two builds at the same time the first one wins.
 */
export async function ensureCached(
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(cacheRoot(), name)
  if (existsSync(folder)) return folder
  await mkdir(cacheRoot(), { recursive: true })
  const building = await mkdtemp(join(cacheRoot(), `.building-${name}-`))
  removeAtExit(building)
  const start = performance.now()
  say(`${name}: not in ${cacheRoot()}, making it`)
  await fill(building)
  try {
    await rename(building, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
    await rm(building, { recursive: true, force: true })
  }
  say(`${name}: made in ${seconds(start)}`)
  return folder
}
