import { readFile } from 'node:fs/promises'
import { Agent, type RequestInit as UndiciInit, fetch as undiciFetch } from 'undici'

import { SourceFault } from './source-fault.ts'

/** How a source is trusted, and how it knows us. Files are PEM, and may be renewed at any time. */
export interface TlsFiles {
  caFile?: string | undefined
  certFile?: string | undefined
  keyFile?: string | undefined
  /** The name in the certificate of the source, where it is not that of its address. */
  serverName?: string | undefined
  insecureSkipVerify?: boolean | undefined
}

/** A fetch over TLS by these files, read before each request; connections are kept until one of them changes. */
export function tlsFetch(files: TlsFiles): typeof fetch {
  let known = ''
  let agent: Agent | null = null

  async function current(): Promise<Agent> {
    const [ca, cert, key] = await Promise.all(
      [files.caFile, files.certFile, files.keyFile].map(pemOf),
    )
    const read = JSON.stringify([ca, cert, key])
    if (agent !== null && read === known) return agent
    // What is under way on the old connections ends by itself.
    void agent?.close()
    known = read
    agent = new Agent({
      connect: {
        ...(ca !== undefined && { ca }),
        ...(cert !== undefined && { cert }),
        ...(key !== undefined && { key }),
        ...(files.serverName !== undefined && { servername: files.serverName }),
        rejectUnauthorized: files.insecureSkipVerify !== true,
      },
    })
    return agent
  }

  const ask = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const dispatcher = await current()
    const request = { ...init, dispatcher } as UndiciInit
    const url = input instanceof Request ? input.url : input
    return await undiciFetch(url, request)
  }
  return ask
}

async function pemOf(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined
  return await readFile(file, 'utf8').catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new SourceFault(
      'Unauthorized',
      `TLS file ${file}: ${code}`,
      'mount the certificate there',
    )
  })
}
