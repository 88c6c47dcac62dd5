import { COLON, EQUALS, GREATER, isWordByte, LESS, skipSpace } from '../bytes.ts'
import { type Around, type Join, lower } from './join.ts'

/** An XML name directly behind `<`, or an element whose attribute holds the name: `<string name="api_key">`. */
export function isElement(bytes: Uint8Array, { name, quotedName }: Around): boolean {
  if (quotedName) return bytes[name.start - 2] === EQUALS
  let start = name.start
  while (start > name.start - 24 && (isWordByte(bytes[start - 1]) || bytes[start - 1] === COLON)) start -= 1
  return bytes[start - 1] === LESS
}

/** The text of an element, or of the `<value>` inside it. */
export function elementValue(bytes: Uint8Array, at: number, { quotedName }: Around): Join | null {
  const from = skipSpace(bytes, at)
  return bytes[from] === LESS ? valueTag(bytes, from) : { kind: 'element', at: from, quotedName, tight: true }
}

/** `<key>password</key><string>x</string>`. */
export function plistValue(bytes: Uint8Array, at: number): Join | null {
  if (bytes[at + 1] !== 0x2f) return null
  let place = at + 2
  while (place < at + 40 && isWordByte(bytes[place])) place += 1
  if (bytes[place] !== GREATER) return null
  return valueTag(bytes, skipSpace(bytes, place + 1))
}

function valueTag(bytes: Uint8Array, at: number): Join | null {
  if (bytes[at] !== LESS) return null
  let place = at + 1
  while (place < at + 24 && isWordByte(bytes[place])) place += 1
  return bytes[place] === GREATER && VALUE_TAGS.has(lower(bytes, at + 1, place))
    ? { kind: 'element', at: skipSpace(bytes, place + 1), quotedName: false, tight: true }
    : null
}

const VALUE_TAGS = new Set(['string', 'value', 'data', 'stringvalue'])
