import type { Conversation } from '../conversation.ts'
import type { Outcome } from './dialogs.ts'
import { readReply } from './reply.ts'

const READY = 220
const DONE = 250
const STARTTLS = /^250[ -]STARTTLS *$/i

/** RFC 3207. The name in EHLO is one that nobody has (RFC 2606): a scan is no mail server. */
export async function askSmtp(talk: Conversation): Promise<Outcome> {
  const greeting = await readReply(talk)
  if (greeting?.code !== READY) return greeting === null ? 'not-understood' : 'refused'
  talk.say('EHLO sealward.invalid\r\n')
  const hello = await readReply(talk)
  if (hello === null) return 'not-understood'
  if (hello.code !== DONE || !hello.lines.some((line) => STARTTLS.test(line))) return 'no-tls'
  talk.say('STARTTLS\r\n')
  const reply = await readReply(talk)
  if (reply === null) return 'not-understood'
  return reply.code === READY ? 'ready' : 'no-tls'
}
