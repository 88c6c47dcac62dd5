import { Buffer } from 'node:buffer'
import type { Proof } from '../token-rule.ts'

/** A Discord bot token begins with the bot's id, a number of 17 to 19 digits, in base64. */
export function discordBot(token: string): Proof {
  const [id = ''] = token.split('.', 1)
  return /^\d{17,19}$/.test(Buffer.from(id, 'base64url').toString('latin1')) ? 'holds' : 'fails'
}
