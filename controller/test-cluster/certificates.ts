import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { runCommand, tryCommand } from './command.ts'

export interface KeyPair {
  certificate: string
  key: string
}

export interface Certificates {
  authority: KeyPair
  /** For every TLS server of the harness: localhost, 127.0.0.1, kubernetes.default.svc. */
  server: KeyPair
  admin: KeyPair
  frontProxyAuthority: KeyPair
  frontProxyClient: KeyPair
  serviceAccountKey: string
}

const OPENSSL_CONFIG = `
[req]
distinguished_name = name
prompt = no
[name]
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:10.0.0.1
[client]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = clientAuth
`

export async function requireOpenssl(): Promise<void> {
  const version = await tryCommand('openssl', ['version'])
  if (version !== undefined && /^OpenSSL [3-9]/.test(version)) return
  throw new Error(
    `MISSING: openssl >= 3 on PATH (found: ${version?.trim() ?? 'none'}). ` +
      'Install it and run this again. Nothing was tested.',
  )
}

/** Makes the certificates of a throw-away control plane in `folder`. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  await writeFile(join(folder, 'openssl.cnf'), OPENSSL_CONFIG)
  const authority = await make(folder, 'ca', '/CN=test-cluster-ca', 'authority')
  const frontProxyAuthority = await make(
    folder,
    'front-proxy-ca',
    '/CN=front-proxy-ca',
    'authority',
  )
  const [server, admin, frontProxyClient] = await Promise.all([
    make(folder, 'server', '/CN=localhost', 'server', authority),
    make(folder, 'admin', '/O=system:masters/CN=admin', 'client', authority),
    make(folder, 'front-proxy', '/CN=front-proxy-client', 'client', frontProxyAuthority),
  ])
  const serviceAccountKey = join(folder, 'service-account.key')
  // RSA: the API server reads elliptic curve keys only in a form that genpkey does not write.
  await runCommand('openssl', ['genpkey', '-algorithm', 'RSA', '-out', serviceAccountKey])
  return { authority, server, admin, frontProxyAuthority, frontProxyClient, serviceAccountKey }
}

const EC_KEY = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:prime256v1']

async function make(
  folder: string,
  name: string,
  subject: string,
  kind: 'authority' | 'server' | 'client',
  signer?: KeyPair,
): Promise<KeyPair> {
  const pair = { certificate: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) }
  await runCommand('openssl', ['genpkey', '-out', pair.key, ...EC_KEY])
  await runCommand('openssl', [
    ...['req', '-x509', '-new', '-key', pair.key, '-out', pair.certificate, '-days', '30'],
    ...['-subj', subject, '-config', join(folder, 'openssl.cnf'), '-extensions', kind],
    ...(signer === undefined ? [] : ['-CA', signer.certificate, '-CAkey', signer.key]),
  ])
  return pair
}
