/** The bytes the generic rules test for, by name: the first tests of each hit are made without building a string. */
export const TAB = 0x09
export const LINE_FEED = 0x0a
export const SPACE = 0x20
export const BANG = 0x21
export const DOUBLE_QUOTE = 0x22
export const HASH = 0x23
export const DOLLAR = 0x24
export const AMPERSAND = 0x26
export const SINGLE_QUOTE = 0x27
export const OPEN = 0x28
export const CLOSE = 0x29
export const ASTERISK = 0x2a
export const PLUS = 0x2b
export const COMMA = 0x2c
export const HYPHEN = 0x2d
export const DOT = 0x2e
export const COLON = 0x3a
export const SEMICOLON = 0x3b
export const LESS = 0x3c
export const EQUALS = 0x3d
export const GREATER = 0x3e
export const QUESTION = 0x3f
export const AT = 0x40
export const OPEN_BRACKET = 0x5b
export const BACKSLASH = 0x5c
export const CLOSE_BRACKET = 0x5d
export const BACKTICK = 0x60
export const OPEN_BRACE = 0x7b
export const PIPE = 0x7c
export const CLOSE_BRACE = 0x7d

const WORD = new Uint8Array(256)
for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_')
  WORD[character.charCodeAt(0)] = 1

/** A letter, a digit or an underscore. */
export function isWordByte(byte: number | undefined): boolean {
  return byte !== undefined && WORD[byte] === 1
}

export function isQuote(byte: number | undefined): boolean {
  return byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE || byte === BACKTICK
}

export function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB
}

export function isBreak(byte: number | undefined): boolean {
  return byte === LINE_FEED || byte === 0x0d
}

/** The first place from `at` on that holds no space or tab, at most `limit` further. */
export function skipBlanks(bytes: Uint8Array, at: number, limit = 64): number {
  let place = at
  while (place < at + limit && isBlank(bytes[place])) place += 1
  return place
}

/** As `skipBlanks`, over line ends too. */
export function skipSpace(bytes: Uint8Array, at: number, limit = 160): number {
  let place = at
  while (place < at + limit && (isBlank(bytes[place]) || isBreak(bytes[place]))) place += 1
  return place
}
