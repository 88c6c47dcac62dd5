import { hiddenByRunner } from './runner.ts'

/** The masks so far, without those that the masker makes by itself. */
export class MaskSet {
  readonly list: string[] = []
  readonly #known = new Set<string>()
  readonly #derives: boolean

  constructor(masker: 'runner' | 'filter') {
    this.#derives = masker === 'runner'
  }

  /** Adds a value or one of its lines. */
  addLiteral(text: string): void {
    if (this.#add(text) && this.#derives) for (const form of hiddenByRunner(text)) this.#known.add(form)
  }

  /** Whether it is among them, or the masker makes it by itself. */
  has(mask: string): boolean {
    return this.#known.has(mask)
  }

  /** Adds a derived form. */
  addForm(form: string): void {
    this.#add(form)
  }

  #add(mask: string): boolean {
    if (this.#known.has(mask)) return false
    this.#known.add(mask)
    this.list.push(mask)
    return true
  }
}
