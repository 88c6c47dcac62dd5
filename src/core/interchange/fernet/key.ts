import { createSecretKey, type KeyObject } from 'node:crypto'

/** The two halves of a Fernet key: https://github.com/fernet/spec/blob/master/Spec.md, "Key Format". */
export interface FernetKey {
  readonly signing: KeyObject
  readonly encryption: KeyObject
}

const HALF_BYTES = 16
/** More than anybody rotates through; every one is tried on every token. */
const MAX_KEYS = 64
/** Python's reader takes both alphabets of base64. */
const KEY = /(?<![\w+/-])[\w+/-]{43}=(?![\w+/=-])/g

/**
 * Finds Fernet keys in a text: one, or the several of a MultiFernet, divided by commas or white space, or as a list with quotes.
 *
 * @returns none when there is none: the text may be an age identity
 */
export function parseFernetKeys(text: string): FernetKey[] {
  const found: FernetKey[] = []
  for (const [word] of text.matchAll(KEY)) {
    const bytes = Buffer.from(word, 'base64url')
    // Of 44 characters the last before `=` carries 4 bits: a key with other bits set is a typo.
    if (bytes.toString('base64url') === word.slice(0, -1).replaceAll('+', '-').replaceAll('/', '_'))
      found.push({ signing: half(bytes, 0), encryption: half(bytes, HALF_BYTES) })
    if (found.length === MAX_KEYS) break
  }
  return found
}

function half(bytes: Buffer, from: number): KeyObject {
  return createSecretKey(bytes.subarray(from, from + HALF_BYTES))
}
