import {
  BACKSLASH,
  COLON,
  EQUALS,
  GREATER,
  isBlank,
  isBreak,
  isQuote,
  isWordByte,
  skipBlanks,
  skipSpace,
} from '../bytes.ts'
import type { Extent } from '../place/name-extent.ts'
import { type Around, closingQuote, type Join, join, lower } from './join.ts'

const OPEN = 0x28

/** `"name", "value"`; in JSON the next string is a name again, and the value belongs to us if that name is `value`. */
export function afterComma(bytes: Uint8Array, at: number, around: Around): Join | null {
  if (bytes[around.name.start - 1] === 0x2f) return null // '/etc/passwd', 'utf8'
  const from = skipSpace(bytes, at + 1)
  if (!isQuote(bytes[from])) return isWordByte(bytes[from]) ? afterKeywords(bytes, from, around) : null
  const close = closingQuote(bytes, from)
  const behind = skipBlanks(bytes, close + 1)
  if (bytes[behind] !== COLON && bytes[behind] !== EQUALS) {
    return around.traits.json || !isFirst(bytes, around.name)
      ? null
      : { kind: 'pair', at: from, quotedName: true, tight: false }
  }
  if (!namesValue(bytes, from + 1, close)) return null
  return join('pair', bytes, behind + (bytes[behind + 1] === GREATER ? 2 : 1), around)
}

/** `put("name", ...)` and `{"name", ...}`: what comes second belongs to what comes first, unless the call computes something of both. */
function isFirst(bytes: Uint8Array, name: Extent): boolean {
  let at = name.start - 1
  while (
    at > name.start - 6 &&
    (isQuote(bytes[at]) || isBlank(bytes[at]) || bytes[at] === 0x23 || bytes[at] === BACKSLASH)
  )
    at -= 1
  if (bytes[at] === 0x7b) return true
  if (bytes[at] !== OPEN) return false
  let start = at
  while (start > at - 24 && isWordByte(bytes[start - 1])) start -= 1
  return !COMPUTES.test(lower(bytes, start, at))
}

const COMPUTES = /argon|pbkdf|crypt|hash|hmac|sign|digest|equal|verify|replace|compare|concat|match|join|contains/

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
  for (let at = name.start; at < name.end; at += 1) if ((bytes[at] ?? 0) >= 0x61) return false
  return true
}
