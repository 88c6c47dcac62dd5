import { BACKSLASH, isBlank, isBreak, isQuote } from '../bytes.ts'

/** How far back a line is read. In longer lines nothing is said. */
const REACH = 400

/** What stands around a place in its line: within quotes, behind a comment's mark, or plain program text. */
export type Surrounding = 'string' | 'comment' | 'plain'

/** Reads the line of a place from its start. Bounded; where the line is too long, `plain`. */
export function surroundingOf(bytes: Uint8Array, at: number): Surrounding {
  let start = at
  while (start > 0 && at - start < REACH && !isBreak(bytes[start - 1])) start -= 1
  if (at - start >= REACH) return 'plain'
  while (isBlank(bytes[start])) start += 1
  return beginsComment(bytes, start) ? 'comment' : walk(bytes, start, at)
}

function beginsComment(bytes: Uint8Array, at: number): boolean {
  const pair = String.fromCharCode(bytes[at]!, bytes[at + 1]!)
  return pair === '//' || pair === '/*' || pair === '--' || pair[0] === '#' || pair === '* ' || pair[0] === ';'
}

function walk(bytes: Uint8Array, start: number, at: number): Surrounding {
  let open: number | undefined
  for (let place = start; place < at; place += 1) {
    const byte = bytes[place]
    if (byte === BACKSLASH) place += 1
    else if (open === undefined && isQuote(byte)) open = byte
    else if (byte === open) open = undefined
    else if (open === undefined && startsLineComment(bytes, place)) return 'comment'
  }
  return open === undefined ? 'plain' : 'string'
}

/** ` // ` and ` # ` behind program text; `://` and `#id` are none. */
function startsLineComment(bytes: Uint8Array, at: number): boolean {
  if (!isBlank(bytes[at - 1])) return false
  const byte = bytes[at]
  return (byte === 0x2f && bytes[at + 1] === 0x2f) || (byte === 0x23 && isBlank(bytes[at + 1]))
}
