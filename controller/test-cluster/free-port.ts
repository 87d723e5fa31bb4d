import { createServer } from 'node:net'

/** A port on the loopback that nobody listens on; handed out once per process. */
export async function freePort(): Promise<number> {
  const server = createServer()
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  server.once('error', reject)
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    resolve(typeof address === 'object' && address !== null ? address.port : 0)
  })
  const port = await promise
  await new Promise((closed) => server.close(closed))
  if (given.has(port)) return freePort()
  given.add(port)
  return port
}

const given = new Set<number>()
