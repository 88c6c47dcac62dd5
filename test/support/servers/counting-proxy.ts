import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** Whoever sees what passes. Of one conversation the pieces have one label, but for those that change something. */
export interface ProxyWatch {
  /** @returns false where nothing may pass any more: the client has ended */
  passes(when: 'before' | 'after', label: string): boolean
}

/** What changes a login, in the languages of all systems that are tested. */
const CHANGES = /ALTER (?:ROLE|USER)|SET PASSWORD|ACL\r\n\$7\r\nSETUSER|updateUser|POST \/v1\/keys|DELETE \/v1\/keys/

/** Stands in front of a server on this machine, lets everything through, and counts: what clients say, and how many are there at once. */
export class CountingProxy {
  port = 0
  /** So many connections were open at the same time. */
  most = 0
  connections = 0
  readonly #sockets = new Set<Socket>()
  readonly #target: number
  readonly #watch: ProxyWatch | null
  #open = 0
  #server: Server | null = null

  /** @param target the port of the server */
  constructor(target: number, watch: ProxyWatch | null = null) {
    this.#target = target
    this.#watch = watch
  }

  async start(): Promise<this> {
    const server = createServer((client) => this.#serve(client))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    this.port = (server.address() as AddressInfo).port
    this.#server = server
    return this
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server?.close(resolve))
  }

  #serve(client: Socket): void {
    const server = connect(this.#target, '127.0.0.1')
    const conversation = this.#begin(client, server)
    let unanswered: string | null = null
    const isOver = (when: 'before' | 'after', label: string): boolean => {
      if (this.#watch === null || this.#watch.passes(when, label)) return false
      client.destroy()
      // What it said last is still heard, if it was passed on.
      server.end()
      return true
    }
    const answered = (): boolean => {
      const label = unanswered
      unanswered = null
      return label === null || !isOver('after', label)
    }
    client.on('data', (piece: Buffer) => {
      const label = `${conversation} ${CHANGES.test(piece.toString('latin1')) ? 'changes' : 'asks'}`
      if (isOver('before', label)) return
      unanswered = label
      server.write(piece)
    })
    client.on('end', () => server.end())
    server.on('data', (answer: Buffer) => {
      if (answered()) client.write(answer)
    })
    server.on('end', () => {
      if (answered()) client.end()
    })
  }

  #begin(client: Socket, server: Socket): number {
    this.#open += 1
    this.connections += 1
    // The end of the one before may have come earlier, and be heard in the same turn.
    setImmediate(() => {
      this.most = Math.max(this.most, this.#open)
    })
    let isOpen = true
    const leave = () => {
      if (isOpen) this.#open -= 1
      isOpen = false
    }
    client.on('end', leave).on('close', () => {
      leave()
      server.end()
    })
    server.on('close', () => client.end())
    for (const socket of [client, server]) {
      this.#sockets.add(socket)
      socket.on('error', () => socket.destroy()).on('close', () => this.#sockets.delete(socket))
    }
    return this.connections
  }
}
