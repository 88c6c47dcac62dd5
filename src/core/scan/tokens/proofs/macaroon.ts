import { Buffer } from 'node:buffer'
import type { Proof } from '../token-rule.ts'

const VERSION = 2
const END = 0
const LOCATION = 1
const IDENTIFIER = 2

/**
 * PyPI tokens are macaroons in the second binary format: a version, then fields of a type, a length and bytes. The first two are
 * the location and the identifier, closed by an end mark. Lengths are one byte here: neither is ever longer than 127.
 */
export function pypiMacaroon(token: string): Proof {
  const bytes = Buffer.from(token.slice('pypi-'.length), 'base64url')
  const location = readField(bytes, 1, LOCATION)
  const identifier = readField(bytes, location, IDENTIFIER)
  return bytes[0] === VERSION && bytes[identifier] === END ? 'holds' : 'fails'
}

/** Where the field ends, or a place behind the last byte if it is not there. */
function readField(bytes: Buffer, at: number, type: number): number {
  return bytes[at] === type ? at + 2 + (bytes[at + 1] ?? 0) : bytes.length
}
