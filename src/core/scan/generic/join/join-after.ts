import {
  ASTERISK,
  BACKSLASH,
  BACKTICK,
  BANG,
  CLOSE,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DOT,
  EQUALS,
  GREATER,
  HASH,
  HYPHEN,
  isBlank,
  isBreak,
  isQuote,
  isWordByte,
  LESS,
  OPEN,
  OPEN_BRACE,
  OPEN_BRACKET,
  PIPE,
  PLUS,
  QUESTION,
  skipBlanks,
} from '../bytes.ts'
import type { FileTraits } from '../file-traits.ts'
import type { Extent } from '../name/name-extent.ts'
import { behindType } from './behind-type.ts'
import { type Around, closesQuote, type Join, join, lower, skipOne } from './join.ts'
import { elementValue, isElement, plistValue } from './markup.ts'
import { afterClose } from './method.ts'
import { afterComma, defaultInBlock, isConstant, isCopied, valueAttribute, valueOnNextLine } from './pair.ts'

const JOINS = new Uint8Array(256)
for (const mark of ' \t\r\n"\'`\\*[]{}()=:|!+-?<>,') JOINS[mark.charCodeAt(0)] = 1

/** Whether the byte behind a name can lead to a value: the first test, as most names are followed by a dot or a semicolon. */
export function mayJoin(byte: number | undefined): boolean {
  return byte !== undefined && JOINS[byte] === 1
}

/** Finds what joins a name to a value. Tests bytes only: most names in a program are followed by nothing of interest. */
export function joinAfter(bytes: Uint8Array, name: Extent, traits: FileTraits): Join | null {
  let at = name.end
  const quotedName = closesQuote(bytes, at)
  if (quotedName) at += bytes[at] === BACKSLASH ? 2 : 1
  else if (bytes[at] === ASTERISK || bytes[at] === BACKTICK) at = skipMarks(bytes, at)
  at = skipSubscript(bytes, at)
  const operator = skipBlanks(bytes, at)
  return byOperator(bytes, operator, { name, traits, quotedName, spaced: operator > at })
}

type Operator = (bytes: Uint8Array, at: number, around: Around) => Join | null

/** What may follow a name, by its first byte. */
const OPERATORS = new Map<number, Operator>([
  [EQUALS, afterEquals],
  [COLON, afterColon],
  [PIPE, afterPipe],
  [
    BANG,
    (bytes, at, around) =>
      bytes[at + 1] === EQUALS ? join('compare', bytes, skipOne(bytes, at + 2, EQUALS), around) : null,
  ],
  [PLUS, (bytes, at, around) => (bytes[at + 1] === EQUALS ? join('assign', bytes, at + 2, around) : null)],
  [HYPHEN, (bytes, at, around) => (bytes[at + 1] === GREATER ? join('assign', bytes, at + 2, around) : null)],
  [QUESTION, afterQuestion],
  [LESS, afterLess],
  [GREATER, (bytes, at, around) => (isElement(bytes, around) ? elementValue(bytes, at + 1, around) : null)],
  [COMMA, (bytes, at, around) => (mayPair(bytes, around) ? afterComma(bytes, at, around) : null)],
  [OPEN, (bytes, at, around) => join('call', bytes, at + 1, around)],
  [CLOSE, afterClose],
])

const BY_BYTE: readonly (Operator | undefined)[] = Array.from({ length: 256 }, (_, byte) => OPERATORS.get(byte))

function byOperator(bytes: Uint8Array, at: number, around: Around): Join | null {
  return (BY_BYTE[bytes[at] ?? 0] ?? afterSpace)(bytes, at, around)
}

/** `a ?= x`, `a ?: x`, `a ?? x`, `a ??= x`. */
function afterQuestion(bytes: Uint8Array, at: number, around: Around): Join | null {
  const next = bytes[at + 1]
  const assigns = next === EQUALS || next === COLON || next === QUESTION
  return assigns ? join('assign', bytes, skipOne(bytes, at + 2, EQUALS), around) : null
}

/** `a <- x`, `a << x`, `<key>a</key><string>x`. */
function afterLess(bytes: Uint8Array, at: number, around: Around): Join | null {
  const next = bytes[at + 1]
  return next === HYPHEN || next === LESS ? join('assign', bytes, at + 2, around) : plistValue(bytes, at)
}

/** `"name", x`, `{name, x}`, `put(NAME, x)`, `strcpy(name, x)`. */
function mayPair(bytes: Uint8Array, { quotedName, name }: Around): boolean {
  return quotedName || bytes[name.start - 1] === OPEN_BRACE || isConstant(bytes, name) || isCopied(bytes, name)
}

function afterEquals(bytes: Uint8Array, at: number, around: Around): Join | null {
  const next = bytes[at + 1]
  if (isQuote(next) && next === bytes[around.name.start - 1]) return afterConcatenation(bytes, at + 2, around)
  if (next === EQUALS) return join('compare', bytes, skipOne(bytes, at + 2, EQUALS), around)
  if (next === GREATER) return join('assign', bytes, at + 2, around)
  return next === 0x7e ? null : join('assign', bytes, at + 1, around)
}

/** `'NAME=' . 'value'`, `"name=" + "value"`: what is put together here is an assignment somewhere else. */
function afterConcatenation(bytes: Uint8Array, at: number, around: Around): Join | null {
  const operator = skipBlanks(bytes, at)
  if (bytes[operator] !== DOT && bytes[operator] !== PLUS) return null
  const value = skipBlanks(bytes, operator + 1)
  return isQuote(bytes[value]) ? join('assign', bytes, value, around) : null
}

/** `name || "value"`; in a table of Markdown, `| name | value |`. */
function afterPipe(bytes: Uint8Array, at: number, around: Around): Join | null {
  if (bytes[at + 1] === PIPE) return join('assign', bytes, skipOne(bytes, at + 2, EQUALS), around)
  return around.traits.syntax === 'docs' && around.spaced ? join('cell', bytes, at + 1, around) : null
}

function afterColon(bytes: Uint8Array, at: number, around: Around): Join | null {
  const next = bytes[at + 1]
  if (next === COLON || next === PLUS || next === QUESTION) return null // a::b, ${A:+b}, ${A:?b}
  const inside = bytes[around.name.start - 1] === COLON && !around.spaced
  if (inside && (around.quotedName || !isBlank(next))) return null // arn:aws:secret:x, "AWS::Some::Key": x; not :name: x
  if (next === EQUALS || next === HYPHEN) return join('assign', bytes, at + 2, around)
  const from = skipMarks(bytes, at + 1)
  if (around.traits.syntax !== 'code') return join('assign', bytes, from, around)
  return join('assign', bytes, behindType(bytes, skipBlanks(bytes, from)) ?? from, around)
}

/** What follows a name without an operator: a quoted value, a flag's value, a type, in a block its default. */
function afterSpace(bytes: Uint8Array, at: number, around: Around): Join | null {
  const { name, quotedName, spaced, traits } = around
  const byte = bytes[at]
  if (isBreak(byte)) return traits.syntax === 'code' ? null : valueOnNextLine(bytes, at, around)
  if (quotedName) return afterQuotedName(bytes, at, around)
  if (!spaced) return null
  if (byte === OPEN_BRACE) return afterAccessors(bytes, at, around)
  if (bytes[name.start] === HYPHEN) return isWordByte(byte) || isQuote(byte) ? join('flag', bytes, at, around) : null
  if (isQuote(byte)) return afterQuote(bytes, at, around)
  return isWordByte(byte) || byte === OPEN_BRACKET ? afterWord(bytes, at, around) : null
}

/** `"name" to "x"`, `name="password" value="x"`, `variable "name" { default = "x" }`. */
function afterQuotedName(bytes: Uint8Array, at: number, around: Around): Join | null {
  if (isTo(bytes, at)) return join('pair', bytes, at + 3, around)
  if (bytes[at] === OPEN_BRACE) return defaultInBlock(bytes, at, around)
  return around.spaced && isWordByte(bytes[at]) ? valueAttribute(bytes, at, around) : null
}

/** `#define PASSWORD "x"`, and in prose a password in the marks of code. */
function afterQuote(bytes: Uint8Array, at: number, around: Around): Join | null {
  if (bytes[at] !== BACKTICK) return join('words', bytes, at, around)
  return around.traits.syntax === 'docs' ? join('cell', bytes, at, around) : null
}

/** Whether one word ends its line, but for a comment. Bounded. */
function isLastWord(bytes: Uint8Array, at: number): boolean {
  let end = at
  while (end < at + MAX_WORD && !isBlank(bytes[end]) && !isBreak(bytes[end]) && bytes[end] !== undefined) end += 1
  const behind = skipBlanks(bytes, end)
  return isBreak(bytes[behind]) || bytes[behind] === HASH || bytes[behind] === undefined
}

const MAX_WORD = 256

/** Kotlin's `"name" to "value"`. */
function isTo(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x74 && bytes[at + 1] === 0x6f && isBlank(bytes[at + 2]) && isQuote(bytes[at + 3])
}

/** C#'s `Password { get; set; } = "x"`. */
function afterAccessors(bytes: Uint8Array, at: number, around: Around): Join | null {
  let close = at
  while (close < at + 40 && bytes[close] !== CLOSE_BRACE && !isBreak(bytes[close])) close += 1
  const operator = skipBlanks(bytes, close + 1)
  return bytes[close] === CLOSE_BRACE && bytes[operator] === EQUALS && isBlank(bytes[operator + 1])
    ? join('assign', bytes, operator + 1, around)
    : null
}

/** `password string = "x"`, `password As String = "x"`, `password is "x"`, and `password x` in a configuration. */
function afterWord(bytes: Uint8Array, at: number, around: Around): Join | null {
  const { syntax } = around.traits
  const type = lower(bytes, at, at + 2) === 'as' ? skipBlanks(bytes, at + 2) : at
  const behind = syntax === 'code' && !isVerb(bytes, around.name) ? behindType(bytes, type) : null
  if (behind !== null) return join('assign', bytes, behind, around)
  if (isBlank(bytes[at + 2]) && isQuote(bytes[at + 3])) return join('words', bytes, at + 3, around)
  if (lower(bytes, at, at + 3) === 'is ') return join('cell', bytes, at + 3, around)
  const bare = syntax === 'config' || syntax === 'shell'
  return bare && isLastWord(bytes, at) ? join('words', bytes, at, around) : null
}

/** `Pass mode='x' to ...`: a sentence of a comment. */
function isVerb(bytes: Uint8Array, { start, end }: Extent): boolean {
  return end - start === 4 && bytes[start] === 0x50 && bytes[start + 1] === 0x61
}

/** Markdown's `**` and `` ` `` round a name. */
function skipMarks(bytes: Uint8Array, at: number): number {
  let place = at
  while (place < at + 3 && (bytes[place] === ASTERISK || bytes[place] === BACKTICK)) place += 1
  return bytes[place] === BACKTICK ? at : place
}

/** `config["password"] =`, `char password[] =`, `password[32] =`, `$self->{password} =`. */
function skipSubscript(bytes: Uint8Array, at: number): number {
  if (bytes[at] === CLOSE_BRACKET || bytes[at] === CLOSE_BRACE) return at + 1
  if (bytes[at] !== OPEN_BRACKET) return at
  let place = at + 1
  while (place < at + 16 && isWordByte(bytes[place])) place += 1
  return bytes[place] === CLOSE_BRACKET ? place + 1 : at
}
