import { Buffer } from 'node:buffer'
import type { Conversation } from '../conversation.ts'
import type { Outcome } from './dialogs.ts'

const PROTOCOL = 10
const ERROR = 0xff
const HEADER_BYTES = 4
const MAX_GREETING = 1024
/** Between the server's version and its capabilities: the number of the connection, 8 octets of a challenge, a zero. */
const BEFORE_CAPABILITIES = 13
const CLIENT_PROTOCOL_41 = 0x200
const CLIENT_SSL = 0x800
const CLIENT_SECURE_CONNECTION = 0x8000
const MAX_PACKET = 0x100_0000
const UTF8MB4 = 45

/**
 * The server speaks first, and says whether it knows TLS. Without that bit it would take a handshake for a login.
 *
 * https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html
 */
export async function askMysql(talk: Conversation): Promise<Outcome> {
  const header = await talk.bytes(HEADER_BYTES)
  const length = header?.readUIntLE(0, 3) ?? 0
  if (length === 0 || length > MAX_GREETING || header?.[3] !== 0) return 'not-understood'
  const greeting = await talk.bytes(length)
  // Too many connections, or a host that is blocked.
  if (greeting?.[0] === ERROR) return 'refused'
  if (greeting?.[0] !== PROTOCOL) return 'not-understood'
  const capabilities = greeting.indexOf(0, 1) + 1 + BEFORE_CAPABILITIES
  if (capabilities <= BEFORE_CAPABILITIES + 1 || capabilities + 2 > greeting.length) return 'not-understood'
  if ((greeting.readUInt16LE(capabilities) & CLIENT_SSL) === 0) return 'no-tls'
  talk.say(sslRequest())
  return 'ready'
}

/** There is no answer to it: what comes next is TLS. */
function sslRequest(): Buffer {
  const packet = Buffer.alloc(HEADER_BYTES + 32)
  packet.writeUIntLE(32, 0, 3)
  packet[3] = 1
  packet.writeUInt32LE(CLIENT_PROTOCOL_41 | CLIENT_SSL | CLIENT_SECURE_CONNECTION, 4)
  packet.writeUInt32LE(MAX_PACKET, 8)
  packet[12] = UTF8MB4
  return packet
}
