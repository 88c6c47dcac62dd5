import type { Conversation } from '../conversation.ts'
import type { Outcome } from './dialogs.ts'

/** RFC 9051 section 6.2.1. Whoever is logged in by the connection itself (PREAUTH) can no longer turn to TLS. */
export async function askImap(talk: Conversation): Promise<Outcome> {
  const [, status] = /^\* (OK|PREAUTH|BYE)\b/i.exec((await talk.line()) ?? '') ?? []
  if (status === undefined) return 'not-understood'
  if (status.toUpperCase() !== 'OK') return status.toUpperCase() === 'BYE' ? 'refused' : 'no-tls'
  talk.say('a1 STARTTLS\r\n')
  for (;;) {
    const line = await talk.line()
    if (line === null) return 'not-understood'
    if (/^a1 OK\b/i.test(line)) return 'ready'
    if (/^a1 (?:NO|BAD)\b/i.test(line)) return 'no-tls'
    // A server may say what it likes between: `* CAPABILITY ...`.
    if (!line.startsWith('* ')) return 'not-understood'
  }
}
