import {
  BACKSLASH,
  BACKTICK,
  COLON,
  EQUALS,
  GREATER,
  HYPHEN,
  isBlank,
  isBreak,
  isQuote,
  isWordByte,
  LESS,
  skipBlanks,
} from '../bytes.ts'
import type { FileTraits } from '../file-traits.ts'
import type { Extent } from '../place/name-extent.ts'
import { behindType } from './behind-type.ts'
import { type Around, closesQuote, type Join, join, lower, skipOne } from './join.ts'
import { elementValue, isElement, plistValue } from './markup.ts'
import { afterClose } from './method.ts'
import { afterComma, defaultInBlock, isConstant, valueAttribute, valueOnNextLine } from './pair.ts'

const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN = 0x28
const CLOSE = 0x29
const COMMA = 0x2c
const ASTERISK = 0x2a
const BANG = 0x21
const QUESTION = 0x3f
const PIPE = 0x7c
const PLUS = 0x2b
const OPEN_BRACE = 0x7b

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
  [CLOSE, (bytes, at, around) => (around.quotedName ? afterClose(bytes, at, around) : null)],
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

/** `"name", x`, `{name, x}`, `put(NAME, x)`. */
function mayPair(bytes: Uint8Array, { quotedName, name }: Around): boolean {
  return quotedName || bytes[name.start - 1] === OPEN_BRACE || isConstant(bytes, name)
}

function afterEquals(bytes: Uint8Array, at: number, around: Around): Join | null {
  const next = bytes[at + 1]
  if (next === EQUALS) return join('compare', bytes, skipOne(bytes, at + 2, EQUALS), around)
  if (next === GREATER) return join('assign', bytes, at + 2, around)
  return next === 0x7e ? null : join('assign', bytes, at + 1, around)
}

/** `name || "value"`; in a table of Markdown, `| name | `value` |`. */
function afterPipe(bytes: Uint8Array, at: number, around: Around): Join | null {
  if (bytes[at + 1] === PIPE) return join('assign', bytes, skipOne(bytes, at + 2, EQUALS), around)
  const cell = skipBlanks(bytes, at + 1)
  return around.traits.syntax === 'docs' && bytes[cell] === BACKTICK ? join('words', bytes, cell, around) : null
}

function afterColon(bytes: Uint8Array, at: number, around: Around): Join | null {
  const next = bytes[at + 1]
  if (next === COLON || next === PLUS || next === QUESTION) return null // a::b, ${A:+b}, ${A:?b}
  if (bytes[around.name.start - 1] === COLON && !around.spaced) return null // arn:aws:secret:x, "AWS::Some::Key": x
  if (next === EQUALS || next === HYPHEN) return join('assign', bytes, at + 2, around)
  const from = skipMarks(bytes, at + 1)
  if (around.traits.syntax !== 'code') return join('assign', bytes, from, around)
  return join('assign', bytes, behindType(bytes, skipBlanks(bytes, from)) ?? from, around)
}

/** What follows a name without an operator: an element's second attribute, a quoted value, a flag's value, a type. */
function afterSpace(bytes: Uint8Array, at: number, around: Around): Join | null {
  const { name, quotedName, spaced, traits } = around
  const byte = bytes[at]
  if (quotedName && spaced && isWordByte(byte)) return valueAttribute(bytes, at, around)
  if (quotedName && byte === 0x7b) return defaultInBlock(bytes, at, around)
  if (isBreak(byte)) return traits.syntax === 'code' ? null : valueOnNextLine(bytes, at, around)
  if (!spaced || quotedName) return null
  if (bytes[name.start] === HYPHEN) return isWordByte(byte) || isQuote(byte) ? join('flag', bytes, at, around) : null
  if (isQuote(byte)) return byte === BACKTICK && traits.syntax !== 'docs' ? null : join('words', bytes, at, around)
  return isWordByte(byte) || byte === OPEN_BRACKET ? afterWord(bytes, at, around) : null
}

/** `password string = "x"`, `password As String = "x"`, `password is "x"`, and `password x` in a configuration. */
function afterWord(bytes: Uint8Array, at: number, around: Around): Join | null {
  const { syntax } = around.traits
  const type = lower(bytes, at, at + 2) === 'as' ? skipBlanks(bytes, at + 2) : at
  const behind = syntax === 'code' ? behindType(bytes, type) : null
  if (behind !== null) return join('assign', bytes, behind, around)
  if (isBlank(bytes[at + 2]) && isQuote(bytes[at + 3])) return join('words', bytes, at + 3, around)
  return syntax === 'config' || syntax === 'shell' ? join('words', bytes, at, around) : null
}

/** Markdown's `**` and `` ` `` round a name. */
function skipMarks(bytes: Uint8Array, at: number): number {
  let place = at
  while (place < at + 3 && (bytes[place] === ASTERISK || bytes[place] === BACKTICK)) place += 1
  return bytes[place] === BACKTICK ? at : place
}

/** `config["password"] =`, `char password[] =`, `password[32] =`. */
function skipSubscript(bytes: Uint8Array, at: number): number {
  if (bytes[at] === CLOSE_BRACKET) return at + 1
  if (bytes[at] !== OPEN_BRACKET) return at
  let place = at + 1
  while (place < at + 16 && isWordByte(bytes[place])) place += 1
  return bytes[place] === CLOSE_BRACKET ? place + 1 : at
}
