import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

import { ensureCached } from './cache-folder.ts'
import { runCommand } from './command.ts'

export const KEDA_VERSION = 'v2.21.0'

const FILE = 'keda.sh_scaledobjects.yaml'
const download = z.object({ Dir: z.string() })

/** KEDA's own CustomResourceDefinition of ScaledObjects, out of its Go module; a file to apply. */
export async function ensureKedaCrd(): Promise<string> {
  const folder = await ensureCached(`keda-${KEDA_VERSION}`, async (into) => {
    const said = await runCommand('go', [
      ...['mod', 'download', '-json'],
      `github.com/kedacore/keda/v2@${KEDA_VERSION}`,
    ])
    const { Dir } = download.parse(JSON.parse(said))
    await copyFile(join(Dir, 'config/crd/bases', FILE), join(into, FILE))
  })
  return join(folder, FILE)
}
