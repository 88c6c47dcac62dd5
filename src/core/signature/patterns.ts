import { Buffer } from 'node:buffer'

const NOT = '!'

/**
 * Whether a text matches a list of patterns as OpenSSH has them ("PATTERNS" in ssh_config(5)): joined by commas, `*` for any
 * run of bytes, `?` for one byte of UTF-8, and a `!` before a pattern that must not match.
 */
export function matchesPatterns(text: string, list: string): boolean {
  const bytes = bytesOf(text)
  const patterns = bytesOf(list).split(',')
  const refused = patterns.some((pattern) => pattern.startsWith(NOT) && matches(bytes, pattern.slice(NOT.length)))
  return !refused && patterns.some((pattern) => !pattern.startsWith(NOT) && matches(bytes, pattern))
}

/** One character a byte. */
function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

/** Only the last `*` so far is ever extended, so the time is at most the product of the lengths. */
function matches(text: string, pattern: string): boolean {
  let [at, next, star, taken] = [0, 0, -1, 0]
  while (at < text.length) {
    if (pattern[next] === '*') {
      star = next
      taken = at
      next += 1
    } else if (next < pattern.length && (pattern[next] === '?' || pattern[next] === text[at])) {
      at += 1
      next += 1
    } else if (star >= 0) {
      taken += 1
      at = taken
      next = star + 1
    } else return false
  }
  return /^\**$/.test(pattern.slice(next))
}
