import { readFile, writeFile } from 'node:fs/promises'

import type { Certificates } from './certificates.ts'

/** Writes a kubeconfig of the cluster's admin; its certificates are inside, so it can be copied. */
export async function writeKubeconfig(
  file: string,
  server: string,
  certificates: Certificates,
): Promise<void> {
  const inside = async (path: string): Promise<string> => (await readFile(path)).toString('base64')
  // JSON is YAML.
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'test-cluster',
        cluster: {
          server,
          'certificate-authority-data': await inside(certificates.authority.certificate),
        },
      },
    ],
    users: [
      {
        name: 'admin',
        user: {
          'client-certificate-data': await inside(certificates.admin.certificate),
          'client-key-data': await inside(certificates.admin.key),
        },
      },
    ],
    contexts: [{ name: 'test-cluster', context: { cluster: 'test-cluster', user: 'admin' } }],
    'current-context': 'test-cluster',
  }
  await writeFile(file, JSON.stringify(content, null, 2), { mode: 0o600 })
}
