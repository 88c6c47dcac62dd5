import { Buffer } from 'node:buffer'
import { WILD } from '../glob/glob.ts'
import { matchRun } from '../glob/match-run.ts'

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

function matches(text: string, pattern: string): boolean {
  const parts = [...pattern].map((character) => (character === '*' ? WILD : character))
  return matchRun(parts, [...text], (part, character) => part === '?' || part === character)
}
