import { Buffer } from 'node:buffer'
import type { Conversation } from '../conversation.ts'
import type { Outcome } from './dialogs.ts'

/** A length of 8, and a number where the version of the protocol would be. */
const SSL_REQUEST = Buffer.from('0000000804d2162f', 'hex')

/** https://www.postgresql.org/docs/current/protocol-message-formats.html, SSLRequest: one letter is the whole answer. */
export async function askPostgres(talk: Conversation): Promise<Outcome> {
  talk.say(SSL_REQUEST)
  const letter = (await talk.bytes(1))?.toString('latin1')
  if (letter === 'S') return 'ready'
  return letter === 'N' ? 'no-tls' : 'not-understood'
}
