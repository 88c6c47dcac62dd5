import type { Conversation } from '../conversation.ts'

/** A reply of SMTP or FTP. */
export interface Reply {
  readonly code: number
  readonly lines: readonly string[]
}

/**
 * Reads a reply of one line or several: the first has a hyphen after the code, and the last is the next one with the same code and a blank
 * (RFC 5321 section 4.2.1; RFC 959 section 4.2, where lines between need not have it).
 *
 * @returns null for anything else
 */
export async function readReply(talk: Conversation): Promise<Reply | null> {
  const lines: string[] = []
  for (let code: string | undefined; ; ) {
    const line = await talk.line()
    if (line === null) return null
    lines.push(line)
    const [, number, more] = /^([2-5]\d\d)([ -]|$)/.exec(line) ?? []
    code ??= number
    if (code === undefined) return null
    if (number === code && more !== '-') return { code: Number(code), lines }
  }
}
