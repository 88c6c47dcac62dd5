import {
  ASTERISK,
  BANG,
  CLOSE_BRACKET,
  DOT,
  EQUALS,
  GREATER,
  isBlank,
  isWordByte,
  LESS,
  OPEN_BRACKET,
  PIPE,
  QUESTION,
  SPACE,
} from '../bytes.ts'

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
