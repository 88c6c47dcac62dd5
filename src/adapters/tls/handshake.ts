import { constants, type X509Certificate } from 'node:crypto'
import { isIP, type Socket } from 'node:net'
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls'
import type { Endpoint, EndpointAnswer } from '../../tasks/world/endpoint.ts'

const MAX_CHAIN = 20
const POSTGRES = 5432

/**
 * Everything that any server still speaks, as nothing is entrusted to it: a certificate can only be judged where it is seen. Whether anybody
 * trusts it is written down, and no reason to hang up.
 */
const LENIENT: ConnectionOptions = {
  rejectUnauthorized: false,
  checkServerIdentity: () => undefined,
  minVersion: 'TLSv1',
  ciphers: 'ALL:@SECLEVEL=0',
  secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
}

/**
 * Begins TLS on a socket and ends it again as soon as the certificates are there.
 *
 * A server that insists on a certificate of its client shows its own before it hangs up, in TLS 1.2 too: that counts as an answer.
 */
export function shakeHands({ servername, port, starttls }: Endpoint, socket: Socket): Promise<EndpointAnswer> {
  // An address is no name to ask for (RFC 6066 section 3). PostgreSQL 17 has a protocol name for TLS from the first byte.
  const sni = isIP(servername) === 0 ? servername : ''
  const alpn = starttls === null && port === POSTGRES ? { ALPNProtocols: ['postgresql'] } : {}
  const secure = connect({ ...LENIENT, ...alpn, socket, servername: sni })
  return new Promise((resolve, reject) => {
    secure.once('secureConnect', () => {
      resolve(servedBy(secure, codeOf(secure.authorizationError)) ?? { kind: 'handshake', code: '' })
      secure.destroy()
    })
    secure.on('error', (error: NodeJS.ErrnoException) => {
      resolve(servedBy(secure, undefined) ?? { kind: 'handshake', code: String(error.code ?? '') })
    })
    // The socket below died, by the deadline or by itself: whoever holds it knows why.
    socket.once('close', () => reject(socket.errored ?? new Error('closed')))
  })
}

function servedBy(secure: TLSSocket, distrust: string | null | undefined): EndpointAnswer | null {
  const chain = chainOf(secure)
  return chain.length === 0 ? null : { kind: 'served', chain, protocol: secure.getProtocol() ?? '', distrust }
}

/** As it was sent. `getPeerCertificate` would put it in order, and fill its gaps from the certificates of this machine. */
function chainOf(secure: TLSSocket): Uint8Array[] {
  const chain: Uint8Array[] = []
  let next: X509Certificate | undefined = secure.getPeerX509Certificate()
  for (; next !== undefined && chain.length < MAX_CHAIN; next = next.issuerCertificate) chain.push(next.raw)
  return chain
}

/** Node has a code here and types say an error; null when there is nothing to say. */
function codeOf(error: unknown): string | null {
  if (!error) return null
  const code: unknown = typeof error === 'object' && 'code' in error ? error.code : error
  return typeof code === 'string' ? code : 'UNSPECIFIED'
}
