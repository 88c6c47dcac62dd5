import { Buffer } from 'node:buffer'
import { sha256 } from '@noble/hashes/sha2.js'
import type { Proof } from '../token-rule.ts'

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
/** Twice an extended key. The conversion is quadratic, so its input is bounded. */
const MAX_LENGTH = 224

/** Bitcoin's Base58Check, of keys that are not zero: the last four bytes are the start of a double SHA-256 of the others. */
export function base58Check(token: string): Proof {
  const bytes = decodeBase58(token)
  if (bytes === null || bytes.length < 5) return 'fails'
  const digest = sha256(sha256(bytes.subarray(0, -4)))
  return bytes.subarray(-4).equals(digest.subarray(0, 4)) ? 'holds' : 'fails'
}

/** JFrog's API keys are 54 bytes in base 58. */
export function jfrogKey(token: string): Proof {
  return decodeBase58(token)?.length === 54 ? 'holds' : 'fails'
}

/** Without the zeros in front that leading `1`s stand for: no token here begins with one. */
function decodeBase58(text: string): Buffer | null {
  if (text.length > MAX_LENGTH) return null
  let value = 0n
  for (const character of text) {
    const digit = ALPHABET.indexOf(character)
    if (digit === -1) return null
    value = value * 58n + BigInt(digit)
  }
  const hex = value.toString(16)
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
}
