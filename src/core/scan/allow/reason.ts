const LONGEST = 200
/**
 * Where a comment or the string that holds one ends: block comments of C, HTML, JSP, Jinja, Pascal, Haskell and Lua, and quotes. Behind
 * it stands code, which may hold the secret itself. A single quote inside a word is an apostrophe.
 */
const CLOSING = /\*\/|--%?>|[#%]\}|\}\}|\*\)|-\}|\]\]|["`]|'(?![A-Za-z\x80-\xff])/

/** A reason, and where in the text it was closed. */
export interface Reason {
  /** In UTF-16, on one line, at most 200 characters; null when there is no letter and no digit. */
  readonly reason: string | null
  readonly closedAt: number | null
}

/**
 * Reads why something is allowed from what stands behind the rules, up to where the comment ends.
 *
 * @param given one character a byte, on one line
 */
export function readReason(given: string): Reason {
  const closedAt = CLOSING.exec(given)?.index ?? null
  const bytes = Buffer.from(given.slice(0, closedAt ?? given.length), 'latin1')
  const words = bytes.toString('utf8').replace(/\p{C}/gu, ' ').trim()
  const reason = [...words].slice(0, LONGEST).join('')
  return { reason: /[\p{L}\p{N}]/u.test(reason) ? reason : null, closedAt }
}
