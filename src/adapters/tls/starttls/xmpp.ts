import type { Conversation } from '../conversation.ts'
import type { Outcome } from './dialogs.ts'

const FEATURES_END = ['</stream:features>', '<stream:features/>'] as const

/**
 * RFC 6120 section 5.4. Not a parser: the words are looked for where they may stand, and a server that writes them otherwise is not
 * understood. The name goes into an attribute as it is: names of sealward.yml have none of the characters that would matter.
 */
export async function askXmpp(talk: Conversation, servername: string): Promise<Outcome> {
  talk.say(
    `<?xml version='1.0'?><stream:stream to='${servername}' version='1.0' xml:lang='en' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>`,
  )
  const features = await talk.upTo(...FEATURES_END, '</stream:stream>')
  if (features === null || !features.includes('<stream:stream')) return 'not-understood'
  if (features.includes('<stream:error')) return 'refused'
  if (!features.includes('<starttls')) return 'no-tls'
  talk.say(`<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>`)
  const reply = (await talk.upTo('>'))?.trim() ?? ''
  if (/^<failure\b/.test(reply)) return 'no-tls'
  if (!/^<proceed\b/.test(reply)) return 'not-understood'
  // The long form of an empty element has an end of its own.
  if (!reply.endsWith('/>') && (await talk.upTo('</proceed>')) === null) return 'not-understood'
  return 'ready'
}
