import {
  AT,
  BACKSLASH,
  BACKTICK,
  CLOSE,
  CLOSE_BRACKET,
  COMMA,
  DOLLAR,
  isBlank,
  isBreak,
  isQuote,
  isWordByte,
  OPEN,
  OPEN_BRACE,
  OPEN_BRACKET,
  SEMICOLON,
  skipBlanks,
  skipSpace,
} from '../bytes.ts'

/** Longer literals are texts or data, not one secret. */
const MAX_VALUE = 2048

/** Without quotes it is one word. */
const MAX_BARE = 513

/** Where a value stands, without its quotes. `quote` is 0 for a bare value. */
export interface Value {
  readonly start: number
  readonly end: number
  readonly quote: number
  /** A program goes on computing with it: `"a" + b`, `"a" % b`, `"a".format(b)`. */
  readonly composed: boolean
}

/** Calls around a literal that leave it what it is. */
const WRAPPERS = new Set(
  'byte bytes bytearray string str new secretstr secret from buffer to_bytes tobytes b64decode frombase64string some ok text strdup unhexlify fromhex hex literal lit std base64 decode utf8 encode l t_ const char s nsstring qstringliteral qstring qlatin1string qstringvalue protectedstring securestring const_cast crypto wordarray enc parse value of valueof just constant static final securerandom'.split(
    ' ',
  ),
)

/** Reads a quoted literal at or near `at`: with a prefix (`b"x"`), in a wrapper (`[]byte("x")`), as first of a list. `null` when there is none. */
export function readQuoted(bytes: Uint8Array, at: number): Value | null {
  const open = findQuote(bytes, at)
  if (open === null) return null
  const quote = bytes[open]!
  const escaped = bytes[open - 1] === BACKSLASH
  const triple = bytes[open + 1] === quote && bytes[open + 2] === quote
  const start = triple ? skipSpace(bytes, open + 3) : open + 1
  const end = endOfQuoted(bytes, start, { quote, escaped })
  if (end === null || end === start) return null
  const after = end + (triple ? 3 : 1) + (escaped ? 1 : 0)
  return { start, end, quote, composed: isComposed(bytes, after) }
}

/** The place of the opening quote: at once, behind a prefix, or inside brackets and wrappers. */
function findQuote(bytes: Uint8Array, at: number): number | null {
  let place = at
  for (let step = 0; step < 4; step += 1) {
    if (isQuote(bytes[place])) return place
    if (bytes[place] === BACKSLASH && isQuote(bytes[place + 1])) return place + 1
    const next = pastOpening(bytes, place)
    if (next === null) return null
    place = next
  }
  return isQuote(bytes[place]) ? place : null
}

function pastOpening(bytes: Uint8Array, at: number): number | null {
  const byte = bytes[at]
  if (byte === 0x5b && bytes[at + 1] === 0x5d) return at + 2 // []byte
  if (byte === 0x3c && bytes[at + 1] === 0x3c) return at + 2 // Erlang's <<"x">>
  if (byte === 0x5b || byte === 0x28 || byte === AT || byte === DOLLAR || byte === 0x26)
    return skipSpace(bytes, at + 1, 80)
  if (!isWordByte(byte)) return null
  let end = at
  while (end < at + 40 && (isWordByte(bytes[end]) || bytes[end] === 0x2e || bytes[end] === 0x3a)) end += 1
  if (isQuote(bytes[end])) return end - at <= 2 ? end : null
  if (bytes[end] !== 0x28 && (end - at > 6 || !isBlank(bytes[end]))) return null
  const word = String.fromCharCode(...bytes.subarray(at, end)).toLowerCase()
  if (!word.split(/[.:]+/).every((part) => part === '' || WRAPPERS.has(part))) return null
  if (bytes[end] === 0x28) return skipSpace(bytes, end + 1, 80)
  return word === 'new' || word === 'static' || word === 'const' ? skipBlanks(bytes, end) : null
}

function endOfQuoted(
  bytes: Uint8Array,
  start: number,
  { quote, escaped }: { readonly quote: number; readonly escaped: boolean },
): number | null {
  const bound = Math.min(bytes.length, start + MAX_VALUE)
  for (let at = start; at < bound; at += 1) {
    const byte = bytes[at]
    if (byte === quote && !escaped) return at
    if (byte === BACKSLASH) {
      if (escaped && bytes[at + 1] === quote) return at
      at += 1
    } else if (isBreak(byte) && quote !== BACKTICK) return null
    else if (byte === quote) return null
  }
  return null
}

function isComposed(bytes: Uint8Array, after: number): boolean {
  const at = skipBlanks(bytes, after)
  const byte = bytes[at]
  if (byte === 0x2b) return bytes[at + 1] !== 0x3d
  if (byte === 0x25) return true
  if (byte === 0x2e)
    return !isBlank(bytes[at + 1])
      ? FORMATS.test(String.fromCharCode(...bytes.subarray(at + 1, at + 10)))
      : bytes[at - 1] === 0x20
  return false
}
const FORMATS = /^(?:format|concat|replace|join|\$)/

const OPENS = new Set([OPEN, OPEN_BRACKET, OPEN_BRACE, COMMA])

/** Whether a quote stands in the rest of the line, or the line ends inside brackets: program text without is looked at no further. */
export function hasQuoteAhead(bytes: Uint8Array, at: number): boolean {
  for (let place = at; place < at + 160; place += 1) {
    const byte = bytes[place]
    if (isQuote(byte)) return true
    if (byte === undefined || isBreak(byte)) return OPENS.has(bytes[place - 1]!)
  }
  return true
}

/** Whether the word that begins here has a digit, or is long and of both letter cases: the cheap question before it is looked at. */
export function mayBeSecret(bytes: Uint8Array, at: number): boolean {
  let [upper, lower] = [0, 0]
  for (let place = at; place < at + 64; place += 1) {
    const byte = bytes[place] ?? 0x20
    if (byte >= 0x30 && byte <= 0x39) return true
    if (byte >= 0x41 && byte <= 0x5a) upper += 1
    else if (byte >= 0x61) lower += 1
    else if (byte <= 0x20 || byte === SEMICOLON || byte === COMMA) return upper > 3 && lower > 3 && place - at >= 16
  }
  return true
}

/** How a bare value ends: at the end of its line (YAML, properties), at a blank, inside a text at any mark, at the next tag, or in a list of YAML. */
export type BareEnd = 'line' | 'blank' | 'mark' | 'tag' | 'list'

/** Reads a value without quotes. `null` when nothing stands there. */
export function readBare(bytes: Uint8Array, at: number, ends: BareEnd): Value | null {
  const bound = Math.min(bytes.length, at + MAX_BARE)
  if (bytes[at] === COMMA || bytes[at] === CLOSE) return null
  let end = at
  while (end < bound && !endsBare(bytes, end, ends)) end += 1
  if (end === bound && end < bytes.length) return null
  while (end > at && isBlank(bytes[end - 1])) end -= 1
  if (ends !== 'mark') end = trimPunctuation(bytes, at, end)
  return end === at ? null : { start: at, end, quote: 0, composed: false }
}

function endsBare(bytes: Uint8Array, at: number, ends: BareEnd): boolean {
  const byte = bytes[at]
  if (isBreak(byte)) return true
  if (ends === 'tag') return byte === 0x3c
  if (ends === 'line') return byte === 0x23 && isBlank(bytes[at - 1])
  if (isBlank(byte)) return true
  if (ends === 'list') return byte === COMMA || byte === CLOSE_BRACKET
  if (ends === 'blank') return isQuote(byte) && byte !== 0x27
  return isQuote(byte) || ENDS_MARKED.has(byte!)
}

/** `& ; < > \ , ) }` */
const ENDS_MARKED = new Set([0x26, 0x3b, 0x3c, 0x3e, BACKSLASH, 0x2c, 0x29, 0x7d])

/** `x;`, `x,`: the mark belongs to the line and not to the value. */
function trimPunctuation(bytes: Uint8Array, start: number, end: number): number {
  const last = bytes[end - 1]
  return end - start > 1 && (last === 0x2c || last === 0x3b) ? end - 1 : end
}
