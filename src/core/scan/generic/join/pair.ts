import {
  BACKSLASH,
  CLOSE,
  COLON,
  COMMA,
  EQUALS,
  GREATER,
  HASH,
  HYPHEN,
  isBlank,
  isBreak,
  isQuote,
  isWordByte,
  OPEN,
  OPEN_BRACE,
  skipBlanks,
  skipSpace,
} from '../bytes.ts'
import type { Extent } from '../name/name-extent.ts'
import { type Around, closingQuote, type Join, join, lower } from './join.ts'

/** `"name", "value"`; in JSON the next string is a name again, and the value belongs to us if that name is `value`. */
export function afterComma(bytes: Uint8Array, at: number, around: Around): Join | null {
  if (bytes[around.name.start - 1] === 0x2f) return null // '/etc/passwd', 'utf8'
  const from = skipSpace(bytes, at + 1)
  if (!isQuote(bytes[from])) return isWordByte(bytes[from]) ? behindComma(bytes, from, around) : null
  const close = closingQuote(bytes, from)
  const behind = skipBlanks(bytes, close + 1)
  if (bytes[behind] !== COLON && bytes[behind] !== EQUALS) {
    const pairs = isFlag(bytes, around.name) || (!around.traits.json && takesPair(bytes, around.name, close))
    return pairs ? { kind: 'pair', at: from, quotedName: true, tight: false } : null
  }
  if (!namesValue(bytes, from + 1, close)) return null
  return join('pair', bytes, behind + (bytes[behind + 1] === GREATER ? 2 : 1), around)
}

/** `["--password", "x"]`: an argument of a command. */
function isFlag(bytes: Uint8Array, name: Extent): boolean {
  return bytes[name.start] === HYPHEN
}

/** `put("name", "x")`, `{"name", "x"}`, `property 'name', 'x'`, `field("String", "name", "x")`. `close` is the end of the value. */
function takesPair(bytes: Uint8Array, name: Extent, close: number): boolean {
  const at = beforeName(bytes, name)
  if (bytes[at] === OPEN_BRACE) return true
  if (bytes[at] === OPEN) return !COMPUTES.test(wordBefore(bytes, at))
  if (bytes[at] === COMMA) return bytes[skipBlanks(bytes, close + 1)] === CLOSE && SETS.test(callBefore(bytes, at))
  return isWordByte(bytes[at]) && isBlank(bytes[at + 1]) && SETS.test(wordBefore(bytes, at + 1))
}

/** The last byte before a name that is neither its quote nor a blank. */
function beforeName(bytes: Uint8Array, name: Extent): number {
  let at = name.start - 1
  const mark = () => isQuote(bytes[at]) || isBlank(bytes[at]) || bytes[at] === HASH || bytes[at] === BACKSLASH
  while (at > name.start - 6 && mark()) at -= 1
  return at
}

function wordBefore(bytes: Uint8Array, end: number): string {
  let start = end
  while (start > end - 24 && isWordByte(bytes[start - 1])) start -= 1
  return lower(bytes, start, end)
}

/** The name of the call in whose arguments a place stands, over one argument or two. */
function callBefore(bytes: Uint8Array, at: number): string {
  for (let open = at; open > at - 60 && !isBreak(bytes[open]); open -= 1)
    if (bytes[open] === OPEN) return wordBefore(bytes, open)
  return ''
}

const COMPUTES = /argon|pbkdf|crypt|hash|hmac|sign|digest|equal|verify|replace|compare|concat|match|join|contains/
/** Calls that give a thing a value. */
const SETS =
  /set|put|add|field|value|header|property|environment|env$|config|option|param|define|register|insert|assign/

/** `strcpy(name, "x")`, `strcmp(name, "x")`. */
export function isCopied(bytes: Uint8Array, name: Extent): boolean {
  return bytes[name.start - 1] === OPEN && COPIES.test(wordBefore(bytes, name.start - 1))
}

const COPIES = /^(?:str|wcs)(?:n|l|case|ncase|i)?(?:cpy|cmp|cpy_s)$/

/** In YAML's `["--password", x]` the next word is the value. */
function behindComma(bytes: Uint8Array, at: number, around: Around): Join | null {
  const list = around.traits.syntax === 'config' && isFlag(bytes, around.name)
  return list ? { kind: 'pair', at, quotedName: true, tight: false } : afterKeywords(bytes, at, around)
}

const MAX_ARGUMENTS = 160

/** `add_argument("--password", type=str, default="x")`: the keyword argument that is the value. */
function afterKeywords(bytes: Uint8Array, at: number, around: Around): Join | null {
  let word = at
  for (let place = at; place < at + MAX_ARGUMENTS && !isBreak(bytes[place]); place += 1) {
    if (isWordByte(bytes[place])) continue
    const assigns = bytes[place] === EQUALS || bytes[place] === COLON
    if (assigns && namesValue(bytes, word, place)) return join('pair', bytes, place + 1, around)
    if (isQuote(bytes[place])) return word === at ? join('pair', bytes, at, around) : null
    word = place + 1
  }
  return null
}

/** Terraform's `variable "db_password" { default = "x" }`. */
export function defaultInBlock(bytes: Uint8Array, at: number, around: Around): Join | null {
  for (let place = at; place < at + 240 && bytes[place] !== 0x7d; place += 1) {
    if (bytes[place] !== EQUALS) continue
    let end = place
    while (isBlank(bytes[end - 1])) end -= 1
    if (lower(bytes, end - 7, end) === 'default') return join('pair', bytes, place + 1, around)
  }
  return null
}

/** `<add key="DbPassword" value="x"/>`, `name="password" content="x"`. */
export function valueAttribute(bytes: Uint8Array, at: number, around: Around): Join | null {
  let end = at
  while (end < at + 16 && isWordByte(bytes[end])) end += 1
  return namesValue(bytes, at, end) && bytes[end] === EQUALS ? join('pair', bytes, end + 1, around) : null
}

/** `- name: DB_PASSWORD` and `value: x` on the line below. */
export function valueOnNextLine(bytes: Uint8Array, at: number, around: Around): Join | null {
  const from = skipSpace(bytes, at)
  let end = from
  while (end < from + 16 && isWordByte(bytes[end])) end += 1
  return namesValue(bytes, from, end) && bytes[end] === COLON ? join('pair', bytes, end + 1, around) : null
}

const VALUE_NAMES = new Set([
  'value',
  'val',
  'content',
  'defaultvalue',
  'default',
  'data',
  'password',
  'default_value',
  'initial_value',
  'with',
  'secret',
])

function namesValue(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start <= 16 && VALUE_NAMES.has(lower(bytes, start, end))
}

/** `DB_PASSWORD`, without a letter in lower case. */
export function isConstant(bytes: Uint8Array, name: Extent): boolean {
  for (let at = name.start; at < name.end; at += 1) if (bytes[at]! >= 0x61) return false
  return true
}
