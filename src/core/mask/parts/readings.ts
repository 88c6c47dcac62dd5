import { assignedIn } from './assigned.ts'
import { decodingsOf } from './decoded.ts'
import { jsonParts } from './json.ts'
import { pemBodies } from './pem.ts'
import { userinfoIn } from './userinfo.ts'

/** Something that a program which is handed the value may print instead of the value. */
export interface Reading {
  readonly text: string
  /** `value`: the same value, spelled plainly. `leaf`: a secret inside it. `literal`: to be hidden, and not worth any forms. */
  readonly kind: 'value' | 'leaf' | 'literal'
}

/** Longer texts are hidden line by line, and not understood. */
const LONGEST = 64 * 1024

/** Every way of reading a text. Bounded, and linear in the length of the text. */
export function* readingsOf(text: string, minLength: number): Iterable<Reading> {
  if (text.length > LONGEST) return
  yield* decodingsOf(text)
  yield* jsonParts(text, minLength)
  yield* leaves(userinfoIn(text, minLength))
  yield* leaves(assignedIn(text))
  yield* leaves(pemBodies(text))
}

function* leaves(texts: Iterable<string>): Iterable<Reading> {
  for (const text of texts) yield { text, kind: 'leaf' }
}
