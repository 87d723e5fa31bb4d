import { connect, createServer, type Socket } from 'node:net'
import { freePort } from '../free-port.ts'

/** A wire to a port on the loopback that can be cut in the way that nobody is told of. */
export interface TcpProxy {
  port: number
  /** Connections that are open go silent for ever, with nobody told; new ones pass. */
  silence: () => number
  stop: () => Promise<void>
}

export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const port = await freePort()
  const open = new Set<readonly [Socket, Socket]>()
  const silent = new Set<readonly [Socket, Socket]>()
  const server = createServer((inward) => {
    const outward = connect(targetPort, '127.0.0.1')
    const pair = [inward, outward] as const
    open.add(pair)
    const end = (): void => {
      // Of a dead wire the other end learns nothing.
      if (silent.has(pair)) return
      open.delete(pair)
      for (const socket of pair) socket.destroy()
    }
    for (const [from, to] of [
      [inward, outward],
      [outward, inward],
    ] as const) {
      from.on('data', (chunk) => {
        if (!silent.has(pair)) to.write(chunk)
      })
      from.once('error', end)
      from.once('close', end)
    }
  })
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  return {
    port,
    silence: () => {
      for (const pair of open) silent.add(pair)
      open.clear()
      return silent.size
    },
    stop: async () => {
      for (const pair of [...open, ...silent]) for (const socket of pair) socket.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}
