/** node's inspector looks for this symbol; importing node:util for it would cost every start 2 ms. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom')

/**
 * A string that prints as `[secret]` wherever it might be printed by accident: string interpolation, JSON, console,
 * node's inspector, an assertion's diff. `reveal()` is the only way out, and easy to grep for.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }

  [INSPECT](): string {
    return '[secret]'
  }
}
