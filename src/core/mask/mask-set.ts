import type { Masker } from './forms/text.ts'
import { escapedByRunner } from './runner.ts'

/** The shortest derived form that is hidden. */
export const DERIVED_LENGTH = 8
/** A bound for all derived forms together: a step has to print them before its first word. */
const MOST_CHARACTERS = 4 * 1024 * 1024

/** The masks so far. What the runner makes of the values by itself is known, and never becomes a mask. */
export class MaskSet {
  readonly list: string[] = []
  readonly #known = new Set<string>()
  readonly #masker: Masker
  #room = MOST_CHARACTERS

  constructor(masker: Masker) {
    this.#masker = masker
  }

  /** Adds a value or one of its lines, for which there is always room. */
  addLiteral(text: string): void {
    if (this.#known.has(text)) return
    this.#known.add(text)
    this.list.push(text)
    if (this.#masker === 'runner') for (const form of escapedByRunner(text)) this.#known.add(form)
  }

  /**
   * Adds the derived forms that are long enough and not known yet, up to so many masks in all.
   *
   * @returns whether there was room for all of them
   */
  addForms(forms: readonly string[], budget: number): boolean {
    let fits = true
    for (const form of forms) {
      if (form.length < DERIVED_LENGTH || this.#known.has(form)) continue
      if (this.list.length >= budget) return false
      if (form.length > this.#room) fits = false
      else {
        this.#room -= form.length
        this.#known.add(form)
        this.list.push(form)
      }
    }
    return fits
  }
}
