import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { ensureCached } from './cache-folder.ts'
import { removeAtExit } from './children.ts'
import { runCommand, tryCommand } from './command.ts'
import { say } from './say.ts'

/** The oldest Prometheus the tests accept: what Debian bookworm ships. */
const OLDEST = { major: 2, minor: 42 }

const TOO_OLD = `MISSING: prometheus and promtool >= ${OLDEST.major}.${OLDEST.minor} on PATH.`
const REMEDY = 'Install Prometheus, put both on PATH and run this again. Nothing was tested.'

/** The folder with prometheus and promtool: the host's where new enough, else Debian's. */
export async function ensurePrometheus(): Promise<string> {
  const host = await hostPrometheus()
  if (host !== undefined) return host
  return ensureCached(
    `prometheus-${OLDEST.major}.${OLDEST.minor}-debian-${process.arch}`,
    async (folder) => {
      const work = await mkdtemp(join(tmpdir(), 'foresail-deb-'))
      removeAtExit(work)
      const file = await download(work)
      await runCommand('dpkg', ['-x', file, join(work, 'tree')])
      for (const name of ['prometheus', 'promtool']) {
        await copyFile(join(work, 'tree/usr/bin', name), join(folder, name))
      }
      await rm(work, { recursive: true, force: true })
      const version = await versionOf(join(folder, 'prometheus'))
      if (!isNewEnough(version))
        throw new Error(`${TOO_OLD} Debian's package gives ${version ?? 'none'}. ${REMEDY}`)
      say(`  prometheus ${version ?? ''} taken out of Debian's package`)
    },
  )
}

async function hostPrometheus(): Promise<string | undefined> {
  const path = (await tryCommand('sh', ['-c', 'command -v prometheus']))?.trim()
  if (path === undefined || path === '') return undefined
  const versions = [await versionOf(path), await versionOf(join(dirname(path), 'promtool'))]
  if (!versions.every(isNewEnough)) {
    say(`prometheus on this host (${versions.join(', ')}) is too old or lacks promtool: not used`)
    return undefined
  }
  return dirname(path)
}

async function versionOf(binary: string): Promise<string | undefined> {
  const output = await tryCommand('sh', ['-c', '"$0" --version 2>&1', binary])
  return /version (\d+\.\d+\.\d+)/.exec(output ?? '')?.[1]
}

function isNewEnough(version: string | undefined): boolean {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number)
  return major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)
}

/** `apt-get download` needs no root and installs nothing; a stale list is refreshed once. */
async function download(work: string): Promise<string> {
  if ((await tryCommand('sh', ['-c', 'command -v apt-get && command -v dpkg'])) === undefined) {
    throw new Error(`${TOO_OLD} There is no apt-get to get them with. ${REMEDY}`)
  }
  const options = ['-o', 'APT::Sandbox::User=root', 'download', 'prometheus']
  if ((await tryCommand('apt-get', options, { cwd: work })) === undefined) {
    say('  apt-get download prometheus failed: trying apt-get update first')
    await runCommand('apt-get', ['update', '-q'])
    await runCommand('apt-get', options, { cwd: work })
  }
  const file = (await readdir(work)).find((name) => name.endsWith('.deb'))
  if (file === undefined) throw new Error('apt-get download prometheus left no .deb file.')
  return join(work, file)
}
