import type { Masker } from './forms/text.ts'
import { escapedByRunner } from './runner.ts'

/** The masks so far. What the runner makes of the values by itself is known, and never becomes a mask. */
export class MaskSet {
  readonly list: string[] = []
  readonly #known = new Set<string>()
  readonly #masker: Masker

  constructor(masker: Masker) {
    this.#masker = masker
  }

  /** Adds a value or one of its lines. */
  addLiteral(text: string): void {
    if (this.has(text)) return
    this.addForm(text)
    if (this.#masker === 'runner') for (const form of escapedByRunner(text)) this.#known.add(form)
  }

  /** Adds a derived form that is not known yet. */
  addForm(form: string): void {
    this.#known.add(form)
    this.list.push(form)
  }

  has(mask: string): boolean {
    return this.#known.has(mask)
  }
}
