import type { Conversation } from '../conversation.ts'
import type { Outcome } from './dialogs.ts'

/** RFC 2595 section 4. */
export async function askPop3(talk: Conversation): Promise<Outcome> {
  const greeting = statusOf(await talk.line())
  if (greeting !== '+OK') return greeting === '-ERR' ? 'refused' : 'not-understood'
  talk.say('STLS\r\n')
  const reply = statusOf(await talk.line())
  if (reply === '+OK') return 'ready'
  return reply === '-ERR' ? 'no-tls' : 'not-understood'
}

function statusOf(line: string | null): string | undefined {
  return /^(?:\+OK|-ERR)(?= |$)/.exec(line ?? '')?.[0]
}
