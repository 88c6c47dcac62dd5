import { Buffer } from 'node:buffer'
import type { Conversation } from '../conversation.ts'
import type { Outcome } from './dialogs.ts'

/** LDAPMessage 1: an extended request, `1.3.6.1.4.1.1466.20037` in its field [0]. */
const START_TLS = Buffer.concat([
  Buffer.from('301d02010177188016', 'hex'),
  Buffer.from('1.3.6.1.4.1.1466.20037', 'latin1'),
])
const SEQUENCE = 0x30
const INTEGER = 0x02
const ENUMERATED = 0x0a
const EXTENDED_RESPONSE = 0x78
const LONG_FORM = 0x80
const MAX_LENGTH_OCTETS = 4
const MAX_ANSWER = 8 * 1024

/** RFC 4511 section 4.14. */
export async function askLdap(talk: Conversation): Promise<Outcome> {
  talk.say(START_TLS)
  const message = elementAt((await talk.until(endOfElement)) ?? Buffer.alloc(0))
  if (message?.tag !== SEQUENCE) return 'not-understood'
  const id = elementAt(message.content)
  const response = elementAt(message.content.subarray(id?.end ?? 0))
  const result = elementAt(response?.content ?? Buffer.alloc(0))
  if (id?.tag !== INTEGER || response?.tag !== EXTENDED_RESPONSE || result?.tag !== ENUMERATED) return 'not-understood'
  // Message 0 is the server's own: a notice that it hangs up (section 4.4.1).
  if (id.content.every((octet) => octet === 0)) return 'refused'
  return result.content.every((octet) => octet === 0) ? 'ready' : 'no-tls'
}

interface BerElement {
  readonly tag: number
  readonly content: Buffer
  readonly end: number
}

/** What is too long, or no element, counts as whole at once: nobody waits for the rest of it. */
function endOfElement(seen: Buffer): number {
  const header = headerOf(seen)
  if (header === null) return seen.length >= 2 + MAX_LENGTH_OCTETS ? seen.length : 0
  const end = header.start + header.length
  return seen[0] !== SEQUENCE || header.length > MAX_ANSWER ? seen.length : end
}

function elementAt(bytes: Buffer): BerElement | null {
  const header = headerOf(bytes)
  if (header === null || header.start + header.length > bytes.length) return null
  const end = header.start + header.length
  return { tag: bytes[0]!, content: bytes.subarray(header.start, end), end }
}

/** BER of LDAP (section 5.1): lengths are definite, and not always in their shortest form; Active Directory always takes four octets. */
function headerOf(bytes: Buffer): { readonly start: number; readonly length: number } | null {
  const first = bytes[1]
  if (first === undefined) return null
  if (first < LONG_FORM) return { start: 2, length: first }
  const octets = first - LONG_FORM
  if (octets === 0 || octets > MAX_LENGTH_OCTETS || bytes.length < 2 + octets) return null
  return { start: 2 + octets, length: bytes.readUIntBE(2, octets) }
}
