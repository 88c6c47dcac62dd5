import { Buffer } from 'node:buffer'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, TLSSocket, type TlsOptions } from 'node:tls'
import type { StartTls } from '../../../src/core/policy/sections/endpoints.ts'
import type { Endpoint } from '../../../src/tasks/world/endpoint.ts'

/** What a server says next. */
export interface Turn {
  readonly say: string | Buffer
  /** TLS begins after it. */
  readonly tls?: true
}

/** A server as its RFC has it: it answers one message at a time. A message is a line, or for `raw` ones so many octets or all that came. */
export interface Manners {
  readonly greeting?: string | Buffer
  readonly raw?: true | number
  answer(message: string, bytes: Buffer): Turn
}

const latin1 = (hex: string) => Buffer.from(hex, 'hex')
const yes = (say: string | Buffer): Turn => ({ say, tls: true })

/** A greeting of MySQL, protocol 10. `capabilities` are the lower two octets. */
export function mysqlGreeting(capabilities: number): Buffer {
  const low = Buffer.alloc(2)
  low.writeUInt16LE(capabilities)
  const parts = [
    '0a',
    Buffer.from('8.0.40\0').toString('hex'),
    '01000000',
    '4142434445464748',
    '00',
    low.toString('hex'),
  ]
  const payload = latin1(`${parts.join('')}21020000000015${'00'.repeat(10)}${'61'.repeat(12)}00`)
  return Buffer.concat([Buffer.from([payload.length, 0, 0, 0]), payload])
}

/** ExtendedResponse with a result code and empty texts, as OpenLDAP writes it. */
export const ldapResponse = (id: number, code: number) => latin1(`300c0201${hex(id)}78070a01${hex(code)}04000400`)
/** The same with lengths of four octets, as Active Directory writes them. */
export const longLdapResponse = (id: number, code: number) =>
  latin1(`30840000001002010${id}7884000000070a01${hex(code)}04000400`)

const hex = (octet: number) => octet.toString(16).padStart(2, '0')

export const STREAM = `<?xml version='1.0'?><stream:stream from='localhost' id='a' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>`
const XMPP_TLS = 'urn:ietf:params:xml:ns:xmpp-tls'

/** Servers that know their protocol and turn to TLS when they are asked to, in the right order only. */
export const POLITE: Readonly<Record<StartTls, Manners>> = {
  postgres: {
    raw: true,
    answer: (_, bytes) => (bytes.equals(latin1('0000000804d2162f')) ? yes('S') : { say: 'E' }),
  },
  mysql: {
    raw: 36,
    greeting: mysqlGreeting(0xffff),
    // 32 octets, the second packet, with the bit for TLS.
    answer: (_, bytes) =>
      bytes.length === 36 && bytes[3] === 1 && (bytes.readUInt32LE(4) & 0x800) !== 0 ? yes('') : { say: '' },
  },
  smtp: {
    greeting: '220-mail.example.org ESMTP\r\n220 no spam here\r\n',
    answer: (line) => {
      if (/^EHLO \S+$/.test(line)) return { say: '250-mail.example.org\r\n250-PIPELINING\r\n250 starttls\r\n' }
      return line === 'STARTTLS' ? yes('220 go ahead\r\n') : { say: '500 what\r\n' }
    },
  },
  imap: {
    greeting: '* OK [CAPABILITY IMAP4rev2 STARTTLS] ready\r\n',
    answer: (line) =>
      line === 'a1 STARTTLS' ? yes('* CAPABILITY IMAP4rev2\r\na1 OK begin\r\n') : { say: 'a1 BAD\r\n' },
  },
  pop3: {
    greeting: '+OK <1.2@example.org>\r\n',
    answer: (line) => (line === 'STLS' ? yes('+OK begin\r\n') : { say: '-ERR\r\n' }),
  },
  ftp: {
    greeting: '220-Welcome\r\n  to 220 files\r\n220 ready\r\n',
    answer: (line) => (line === 'AUTH TLS' ? yes('234 proceed\r\n') : { say: '530 log in\r\n' }),
  },
  ldap: {
    raw: true,
    answer: (text) => (text.endsWith('1.3.6.1.4.1.1466.20037') ? yes(ldapResponse(1, 0)) : { say: ldapResponse(1, 2) }),
  },
  xmpp: {
    raw: true,
    answer: (text) => {
      if (text.includes('<stream:stream'))
        return {
          say: `${STREAM}<stream:features><starttls xmlns='${XMPP_TLS}'><required/></starttls></stream:features>`,
        }
      return text === `<starttls xmlns='${XMPP_TLS}'/>` ? yes(`<proceed xmlns='${XMPP_TLS}'/>`) : { say: '<x/>' }
    },
  },
}

/** Servers of one test file on this machine, and an end to all of them. */
export class Servers {
  readonly #servers: Server[] = []
  readonly #sockets = new Set<Socket>()

  async tls(options: TlsOptions, host = '127.0.0.1'): Promise<number> {
    return this.listen(createTlsServer(options).on('tlsClientError', () => {}) as unknown as Server, host)
  }

  /** `on` gets each connection. */
  raw(on: (socket: Socket) => void): Promise<number> {
    return this.listen(createServer(on))
  }

  mannered({ greeting = '', raw, answer }: Manners, secure: TlsOptions): Promise<number> {
    return this.raw((socket) => {
      let seen = Buffer.alloc(0)
      if (greeting.length > 0) socket.write(greeting)
      const onData = (bytes: Buffer): void => {
        seen = Buffer.concat([seen, bytes])
        for (let end = endOf(seen, raw); end > 0; end = endOf(seen, raw)) {
          const message = seen.subarray(0, end)
          seen = seen.subarray(end)
          const turn = answer(message.toString('latin1').replace(/\r\n$/, ''), message)
          if (turn.tls) {
            socket.off('data', onData).pause()
            if (seen.length > 0) socket.unshift(seen)
            if (turn.say.length > 0) socket.write(turn.say)
            new TLSSocket(socket, { ...secure, isServer: true }).on('error', () => {})
            return
          }
          socket.write(turn.say)
        }
      }
      socket.on('data', onData)
    })
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy()
    for (const server of this.#servers) server.close()
  }

  async listen(server: Server, host = '127.0.0.1'): Promise<number> {
    this.#servers.push(server)
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => this.#sockets.delete(socket))
    })
    await new Promise<void>((resolve) => server.listen(0, host, resolve))
    return (server.address() as AddressInfo).port
  }
}

function endOf(seen: Buffer, raw: true | number | undefined): number {
  if (typeof raw === 'number') return seen.length >= raw ? raw : 0
  return raw ? seen.length : seen.indexOf('\n') + 1
}

export function endpointAt(port: number, more: Partial<Endpoint> = {}): Endpoint {
  return { host: '127.0.0.1', port, starttls: null, servername: 'a.example.org', ...more }
}
