import { isWord } from '../forms/text.ts'
import { assignedIn } from './assigned.ts'
import { behindBase64, decodingsOf, linesBehindEscapes } from './decoded.ts'
import { jsonParts } from './json.ts'
import { pemBodies } from './pem.ts'
import { userinfoIn } from './userinfo.ts'

/** Something that a program which is handed the value may print instead of the value. */
export interface Reading {
  readonly text: string
  /** `value`: the same value, spelled plainly. `leaf`: a secret inside it. `literal`: to be hidden, and not worth any forms. */
  readonly kind: 'value' | 'leaf' | 'literal'
}

/** The longest value that a file may hold. Longer texts, of another caller, are hidden line by line, and not understood. */
const LONGEST = 128 * 1024
/** Nothing that is made of these alone has parts. (A word may still be base64 of something.) */
const PART = /[^\w+/.~-]/

/** Every way of reading a text. Bounded, and linear in the length of the text. */
export function readingsOf(text: string, minLength: number): readonly Reading[] {
  if (text.length > LONGEST) return []
  if (isWord(text)) return behindBase64(text)
  const leaves = PART.test(text) ? [...userinfoIn(text, minLength), ...assignedIn(text), ...pemBodies(text)] : []
  return [
    ...decodingsOf(text),
    ...linesBehindEscapes(text, minLength),
    ...jsonParts(text, minLength),
    ...leaves.map((leaf): Reading => ({ text: leaf, kind: 'leaf' })),
  ]
}
