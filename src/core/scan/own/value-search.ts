import { Literals } from '../../redact/literals.ts'
import type { ScanText } from '../engine/scan-text.ts'
import { fold, unfold } from './fold.ts'
import { type Form, formsOf } from './forms.ts'
import type { OwnValue, Sighting } from './own-value.ts'

/** A million literals would take the memory of the machine; 500 ordinary values have a tenth of them. */
const MOST_FORMS = 300_000
const LEAST_FORMS = 600
/** More of one text say nothing new. */
const MOST_SIGHTINGS = 1000

/** Finds values, in any of their forms. */
export interface ValueSearch {
  /** The numbers of the values that cannot be looked for: too short, or made of words that stand anywhere. */
  readonly passedOver: readonly number[]
  /** The numbers of those of which only the likeliest forms are looked for. */
  readonly shortened: readonly number[]
  /** From the front to the back, none overlapping another. */
  find(text: ScanText): Sighting[]
}

/** Prepares the search: some milliseconds for ten values, half a second for five hundred. */
export function compileValues(values: readonly Pick<OwnValue, 'value'>[]): ValueSearch {
  const budget = Math.max(LEAST_FORMS, Math.floor(MOST_FORMS / Math.max(1, values.length)))
  const [exact, folded] = [new Book(), new Book()]
  const passedOver: number[] = []
  const shortened: number[] = []
  for (const [at, { value }] of values.entries()) {
    const forms = formsOf(value, budget)
    if (forms === null) passedOver.push(at)
    else {
      exact.add(at, forms.exact)
      folded.add(at, forms.folded)
      if (!forms.complete) shortened.push(at)
    }
  }
  return { passedOver, shortened, find: (text) => findIn(text, exact, folded) }
}

function findIn(text: ScanText, exact: Book, folded: Book): Sighting[] {
  const plain = exact.find(text.bytes)
  const laidOut = placedIn(text.bytes, folded.find(fold(text.bytes)))
  const others = laidOut.filter(({ start, end }) => !plain.some((one) => one.start < end && start < one.end))
  return others.length === 0 ? plain : [...plain, ...others].sort((one, other) => one.start - other.start)
}

function placedIn(bytes: Uint8Array, sightings: readonly Sighting[]): Sighting[] {
  const places = unfold(
    bytes,
    sightings.flatMap(({ start, end }) => [start, end - 1]),
  )
  return sightings.map((one, at) => ({ ...one, start: places[2 * at]!, end: places[2 * at + 1]! + 1 }))
}

/** Literals, and whose each of them is. */
class Book {
  /** By the text's bytes, a character for each. */
  readonly #owners = new Map<string, Form & { readonly value: number }>()
  #literals: Literals | undefined

  /** A form that two values share is that of the first. */
  add(value: number, forms: readonly Form[]): void {
    for (const form of forms) {
      const key = bytesOf(form.text)
      if (!this.#owners.has(key)) this.#owners.set(key, { ...form, value })
    }
  }

  find(bytes: Uint8Array): Sighting[] {
    if (this.#owners.size === 0) return []
    this.#literals ??= new Literals(Array.from(this.#owners.values(), ({ text }) => text))
    const literals = this.#literals
    const found: Sighting[] = []
    for (let at = literals.nextCandidate(bytes, 0); at < bytes.length; at = literals.nextCandidate(bytes, at)) {
      const { length } = literals.at(bytes, at)
      if (length > 0) {
        const key = Buffer.from(bytes.buffer, bytes.byteOffset + at, length).toString('latin1')
        const { value, form } = this.#owners.get(key)!
        found.push({ start: at, end: at + length, value, form })
        if (found.length === MOST_SIGHTINGS) return found
      }
      at += Math.max(1, length)
    }
    return found
  }
}

const ASCII = /^[\0-\x7f]*$/

/** A character for each byte of UTF-8. */
function bytesOf(text: string): string {
  return ASCII.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1')
}
