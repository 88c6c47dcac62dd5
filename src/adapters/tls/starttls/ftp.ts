import type { Conversation } from '../conversation.ts'
import type { Outcome } from './dialogs.ts'
import { readReply } from './reply.ts'

const GREETING = 220
const READY = 234

/** RFC 4217 section 4. */
export async function askFtp(talk: Conversation): Promise<Outcome> {
  const greeting = await readReply(talk)
  if (greeting?.code !== GREETING) return greeting === null ? 'not-understood' : 'refused'
  talk.say('AUTH TLS\r\n')
  const reply = await readReply(talk)
  if (reply === null) return 'not-understood'
  return reply.code === READY ? 'ready' : 'no-tls'
}
