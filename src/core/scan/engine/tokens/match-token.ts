import type { TokenMark } from '../../tokens/token-mark.ts'
import { beginsToken } from '../boundary.ts'
import type { ScanText } from '../scan-text.ts'

/** From the first character of a token to before the place behind its last. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Places at which a token may begin, both included. */
export interface Places {
  readonly from: number
  readonly to: number
}

const SPACE = 0x20
/** No more of a text is matched at once, so that a shape costs a bounded time at each place. */
export const MAX_TOKEN = 1024
/** How far behind the word of a `near` rule its token may begin. */
export const NEAR_REACH = 80

/** The first token of a shape that begins at one of these places, or null. */
export function matchWithin(text: ScanText, { from, to }: Places, { shape }: TokenMark): Span | null {
  const sticky = stickyOf(shape)
  let window: string | null = null
  for (let start = from; start <= to; start += 1) {
    if (text.code(start) <= SPACE || !beginsToken(text, start)) continue
    window ??= text.slice(from, to + MAX_TOKEN)
    sticky.lastIndex = start - from
    const token = sticky.exec(window)?.[0] ?? ''
    // A token of more than the bound ends there, however large the window was.
    if (token !== '') return { start, end: start + Math.min(token.length, MAX_TOKEN) }
  }
  return null
}

/** Where a token may begin that the word at a place stands for: behind it, on its line or the next, and not far. */
export function placesNear(text: ScanText, word: number, length: number): Places {
  const reach = Math.min(word + length + NEAR_REACH, text.length)
  const line = text.lineEnd(word)
  return { from: word + 1, to: Math.min(reach, line < reach ? text.lineEnd(line + 1) : reach) }
}

/** Whether one of a rule's words, in any letter case, stands before a token, on its line or the one above, and not far. */
export function hasWordNear(text: ScanText, token: number, words: readonly string[]): boolean {
  const above = text.lineStart(text.lineStart(token) - 1)
  const from = (word: string) => Math.max(token - NEAR_REACH - word.length, above)
  return words.some((word) => text.slice(from(word), token).toLowerCase().includes(word))
}

const compiled = new Map<string, RegExp>()

/** Made when a rule is first tried: a hook that meets no literal compiles nothing. Rules are few, so none is forgotten. */
function stickyOf(shape: string): RegExp {
  const known = compiled.get(shape)
  if (known !== undefined) return known
  const made = new RegExp(shape, 'y')
  compiled.set(shape, made)
  return made
}
