import { markOf, type TokenMark } from '../../tokens/token-mark.ts'
import type { TokenRule } from '../../tokens/token-rule.ts'

/** Rules of which the marks are known, and the rest can be had. */
export interface RuleGroup {
  /** One for each rule, in the order of the rules. */
  readonly marks: readonly TokenMark[]
  readonly load: () => Promise<readonly TokenRule[]>
}

/** Token rules by number, in the order of their groups. */
export class TokenBook {
  readonly marks: readonly TokenMark[]
  readonly #groups: readonly RuleGroup[]
  readonly #rules: TokenRule[] = []

  constructor(groups: readonly RuleGroup[]) {
    this.#groups = groups
    this.marks = groups.flatMap(({ marks }) => marks)
  }

  /** Rules that are there already. */
  static of(rules: readonly TokenRule[]): TokenBook {
    const book = new TokenBook([{ marks: rules.map(markOf), load: async () => rules }])
    book.#write(0, rules)
    return book
  }

  /** @throws RangeError for a rule that nobody loaded: to go on without it would hide what it found */
  at(number: number): TokenRule {
    const rule = this.#rules[number]
    if (rule === undefined) throw new RangeError('a rule has not been loaded')
    return rule
  }

  /** Those that have been loaded. */
  known(): TokenRule[] {
    return this.#rules.filter((rule) => rule !== undefined)
  }

  /** Loads these rules, with the groups they are in. */
  async load(numbers: Iterable<number>): Promise<void> {
    for (const number of numbers) if (this.#rules[number] === undefined) await this.#loadGroupOf(number)
  }

  async #loadGroupOf(number: number): Promise<void> {
    let first = 0
    for (const { marks, load } of this.#groups) {
      if (number < first + marks.length) {
        const rules = await load()
        if (rules.length !== marks.length) throw new RangeError('a group has other rules than its marks say')
        return this.#write(first, rules)
      }
      first += marks.length
    }
  }

  #write(first: number, rules: readonly TokenRule[]): void {
    for (const [index, rule] of rules.entries()) this.#rules[first + index] = rule
  }
}
