import { strict as assert } from 'node:assert'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { REFUSED, WHOLE_HPA } from '../../hpa/admission-cases.ts'
import type { Cluster } from '../cluster.ts'

/** The API server takes and refuses the HPAs that the schema takes and refuses, by the same field. */
export async function checkAdmission(cluster: Cluster, namespace: string): Promise<void> {
  const file = join(cluster.artefacts, 'hpa.yaml')
  const apply = async (manifest: string): Promise<string> => {
    await writeFile(file, manifest.replace('namespace: shop', `namespace: ${namespace}`))
    return cluster.kubectl('apply', '--dry-run=server', '-f', file)
  }
  await apply(WHOLE_HPA)
  const common = REFUSED.filter(({ oursAlone }) => oursAlone !== true)
  for (const { is, writes, says } of common) {
    const said = await apply(WHOLE_HPA.replace(is, writes)).then(
      () => 'it was taken',
      (error: unknown) => String(error),
    )
    const field = /([a-zA-Z]+)(?:\[\d+\])?: /.exec(says.slice(says.indexOf(' ') + 1))?.[1] ?? ''
    // Of a quantity that it cannot read the API server does not say whose it is.
    const named = said.includes(field) || said.includes('quantit')
    assert.ok(named, `${writes}: ${field} is not in\n${said}`)
  }
  cluster.measured(`${common.length} HPAs refused by the API server as by the schema`)
}
