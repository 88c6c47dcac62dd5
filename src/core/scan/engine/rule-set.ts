import type { Detection } from '../detection.ts'
import type { FileTraits } from '../generic/file-traits.ts'
import type { TokenRule } from '../tokens/token-rule.ts'
import type { PairRule } from './pairs.ts'
import { compilePrefilter, type Literal, type Prefilter } from './prefilter.ts'
import type { ScanText } from './scan-text.ts'

/** A search that is more than a shape: assignments, URLs, private keys. It is called with the places of its literals only. */
export interface Finder {
  /** In lower case; found in any letter case. */
  readonly literals: readonly string[]
  /** Whether what a rule of this finder finds counts in decoded text, where names and syntax mean little. */
  readonly inDecoded: (rule: string) => boolean
  /** Linear in the number of hits. Never throws. */
  find(text: ScanText, hits: readonly number[], file: FileTraits): Detection[]
}

/** What a scan looks for. */
export interface RuleSources {
  readonly tokens: readonly TokenRule[]
  readonly finders?: readonly Finder[]
  readonly pairs?: readonly PairRule[]
  /** Literals of encoded text that the same search is to find: see decode/escapes.ts. Any letter case. */
  readonly escapes?: readonly string[]
}

/** Rules made ready: one search for all their literals, and who wants to know of each. */
export interface RuleSet {
  readonly prefilter: Prefilter
  /** By the literal's number. */
  readonly owners: readonly Owners[]
  readonly tokens: readonly TokenRule[]
  readonly finders: readonly Finder[]
  readonly pairs: readonly PairRule[]
}

/** The rules that a literal wakes, by their places in the lists of the set. */
export interface Owners {
  readonly length: number
  readonly tokens: number[]
  readonly finders: number[]
  escape: boolean
}

/** Takes well below a millisecond for some hundred rules: no expression is compiled before its literal is met. */
export function compileRules({ tokens, finders = [], pairs = [], escapes = [] }: RuleSources): RuleSet {
  const register = new Register()
  for (const [index, rule] of tokens.entries()) {
    const near = rule.literals.length === 0
    const words = near ? (rule.near ?? []) : rule.literals
    for (const word of words) register.ownersOf(word, near).tokens.push(index)
  }
  for (const [index, finder] of finders.entries()) {
    for (const word of finder.literals) register.ownersOf(word, true).finders.push(index)
  }
  for (const word of escapes) register.ownersOf(word, true).escape = true
  return { prefilter: compilePrefilter(register.literals), owners: register.owners, tokens, finders, pairs }
}

/** Literals that several rules share are looked for once. */
class Register {
  readonly literals: Literal[] = []
  readonly owners: Owners[] = []
  readonly #known = new Map<string, Owners>()

  ownersOf(literal: string, foldCase: boolean): Owners {
    const name = `${foldCase}${literal}`
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const owners: Owners = { length: literal.length, tokens: [], finders: [], escape: false }
    this.#known.set(name, owners)
    this.literals.push({ literal, foldCase })
    this.owners.push(owners)
    return owners
  }
}
