import { DOT, EQUALS, GREATER, isBlank, isWordByte, LESS, SPACE } from '../bytes.ts'

const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const ASTERISK = 0x2a
const BANG = 0x21
const QUESTION = 0x3f
const PIPE = 0x7c

/** `: string =`, `: Option<&str> =`: the place behind the `=`, or null when no type stands there. */
export function behindType(bytes: Uint8Array, at: number): number | null {
  const reference = bytes[at] === 0x26
  if (!isWordByte(bytes[at]) && !reference) return null
  let place = at
  while (place < at + 60 && isTypeByte(bytes[place])) {
    if (!reference && isBlank(bytes[place]) && isWordByte(bytes[place - 1]) && isWordByte(bytes[place + 1])) return null
    place += 1
  }
  return bytes[place] === EQUALS && bytes[place + 1] !== EQUALS && bytes[place + 1] !== GREATER ? place + 1 : null
}

function isTypeByte(byte: number | undefined): boolean {
  return (
    isWordByte(byte) ||
    byte === SPACE ||
    byte === LESS ||
    byte === GREATER ||
    byte === OPEN_BRACKET ||
    byte === CLOSE_BRACKET ||
    byte === DOT ||
    byte === QUESTION ||
    byte === PIPE ||
    byte === 0x26 ||
    byte === 0x27 ||
    byte === ASTERISK ||
    byte === BANG
  )
}
