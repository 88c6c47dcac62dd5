import { BACKSLASH, BACKTICK, isBreak, isQuote, skipBlanks, skipSpace } from '../bytes.ts'
import type { FileTraits } from '../file-traits.ts'
import type { Extent } from '../name/name-extent.ts'

/** How a name and its value are put together in the text. */
export type JoinKind =
  /** `name = value`, `name: value`, `name => value`. */
  | 'assign'
  /** `name == value`, `name.equals(value)`. */
  | 'compare'
  /** `name(value)`. */
  | 'call'
  /** `"name", value`. */
  | 'pair'
  /** `<name>value</name>`: the value stands bare up to `<`. */
  | 'element'
  /** `--name value`. */
  | 'flag'
  /** `| name | value |` in a table, `name is value` in prose. */
  | 'cell'
  /** `name value`. */
  | 'words'

/** A name that something follows which could be its value. */
export interface Join {
  readonly kind: JoinKind
  /** Where the value's text begins: a quote, or the value itself. */
  readonly at: number
  /** The name stood in quotes. */
  readonly quotedName: boolean
  /** No space on either side of the operator, as in `;Password=x;`. */
  readonly tight: boolean
}

export interface Around {
  readonly name: Extent
  readonly traits: FileTraits
  readonly quotedName: boolean
  readonly spaced: boolean
}

/** A value may start on the next line, but only in quotes and where an operator cannot end a statement: in `.env`, it can. */
export function join(kind: JoinKind, bytes: Uint8Array, from: number, around: Around): Join {
  const blank = skipBlanks(bytes, from)
  const next = isBreak(bytes[blank]) ? skipSpace(bytes, blank) : blank
  const at = next === blank || mayGoOn(bytes[next], around) ? next : blank
  return { kind, at, quotedName: around.quotedName, tight: !around.spaced && at === from }
}

function mayGoOn(byte: number | undefined, { traits }: Around): boolean {
  return traits.syntax === 'code' || traits.json || (isQuote(byte) && traits.syntax !== 'shell')
}

export function skipOne(bytes: Uint8Array, at: number, byte: number): number {
  return bytes[at] === byte ? at + 1 : at
}

export function lower(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let at = start; at < end; at += 1) text += String.fromCharCode((bytes[at] ?? 0) | 0x20)
  return text.replaceAll('\x7f', '_')
}

export function closesQuote(bytes: Uint8Array, at: number): boolean {
  return isQuote(bytes[at]) ? bytes[at] !== BACKTICK : bytes[at] === BACKSLASH && isQuote(bytes[at + 1])
}

export function closingQuote(bytes: Uint8Array, open: number): number {
  let at = open + 1
  while (at < open + 200 && at < bytes.length && bytes[at] !== bytes[open]) at += 1
  return at
}
