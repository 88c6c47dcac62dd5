/**
 * A dictionary of strings whose names may ignore letter case, as .NET's do with OrdinalIgnoreCase: the first spelling of a
 * name is the one that stays. Environment variables ignore case on Windows only; step outputs and state do everywhere.
 */
export class NameMap {
  readonly #entries = new Map<string, readonly [name: string, value: string]>()
  readonly #ignoreCase: boolean

  constructor(ignoreCase: boolean, initial: Readonly<Record<string, string>> = {}) {
    this.#ignoreCase = ignoreCase
    this.merge(Object.entries(initial))
  }

  get(name: string): string | undefined {
    return this.#entries.get(this.#fold(name))?.[1]
  }

  set(name: string, value: string): void {
    const key = this.#fold(name)
    this.#entries.set(key, [this.#entries.get(key)?.[0] ?? name, value])
  }

  /** Sets every pair, later ones winning. Returns itself. */
  merge(pairs: Iterable<readonly [name: string, value: string]>): this {
    for (const [name, value] of pairs) this.set(name, value)
    return this
  }

  pairs(): (readonly [name: string, value: string])[] {
    return [...this.#entries.values()]
  }

  /** A plain copy. It has no prototype, so a variable named `__proto__` is only a name. */
  toRecord(): Record<string, string> {
    const record: Record<string, string> = Object.create(null)
    for (const [name, value] of this.pairs()) record[name] = value
    return record
  }

  #fold(name: string): string {
    return this.#ignoreCase ? name.toUpperCase() : name
  }
}
