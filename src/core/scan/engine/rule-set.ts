import type { Detection } from '../detection.ts'
import type { FileTraits } from '../generic/file-traits.ts'
import type { TokenMark } from '../tokens/token-mark.ts'
import type { TokenRule } from '../tokens/token-rule.ts'
import type { PairRule } from './pairs.ts'
import { compilePrefilter, type Literal, type Prefilter } from './prefilter.ts'
import type { ScanText } from './scan-text.ts'
import { type RuleGroup, TokenBook } from './tokens/token-book.ts'

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
  /** Rules, or groups of rules that are loaded when they have found something: then `load` comes between `sight` and `look`. */
  readonly tokens: readonly TokenRule[] | { readonly groups: readonly RuleGroup[] }
  readonly finders?: readonly Finder[]
  readonly pairs?: readonly PairRule[]
  /** Literals of encoded text that the same search is to find: see decode/escapes.ts. Any letter case. */
  readonly escapes?: readonly string[]
}

/** Rules made ready: one search for all their literals, and who wants to know of each. */
export interface RuleSet {
  readonly prefilter: Prefilter
  readonly ownersOf: (literal: number) => Owners
  readonly tokens: TokenBook
  readonly finders: readonly Finder[]
  readonly pairs: readonly PairRule[]
}

/** The rules that a literal wakes, by their places in the lists of the set. */
export interface Owners {
  readonly length: number
  readonly tokens: readonly number[]
  readonly finders: readonly number[]
  readonly escape: boolean
}

/**
 * Takes about a millisecond for some hundred rules: no expression is compiled before its literal is met, and who owns a literal is
 * found out when the first one is met.
 */
export function compileRules({ tokens, finders = [], pairs = [], escapes = [] }: RuleSources): RuleSet {
  const book = 'groups' in tokens ? new TokenBook(tokens.groups) : TokenBook.of(tokens)
  const exact = book.marks.flatMap((mark) => mark.literals)
  const folded = [...book.marks.flatMap(nearWords), ...finders.flatMap((finder) => finder.literals), ...escapes]
  // Literals that several rules share are looked for once.
  const literals: Literal[] = [
    ...Array.from(new Set(exact), (literal) => ({ literal, foldCase: false })),
    ...Array.from(new Set(folded), (literal) => ({ literal, foldCase: true })),
  ]

  /** Made when the first literal is met: many a text has none. */
  const wakes = once(() => ({
    exact: placesByWord(book.marks, (mark) => mark.literals),
    near: placesByWord(book.marks, nearWords),
    finders: placesByWord(finders, (finder) => finder.literals),
  }))

  function findOwners({ literal, foldCase }: Literal): Owners {
    const { exact, near, finders } = wakes()
    return {
      length: literal.length,
      tokens: (foldCase ? near : exact).get(literal) ?? [],
      finders: foldCase ? (finders.get(literal) ?? []) : [],
      escape: foldCase && escapes.includes(literal),
    }
  }

  const known: Owners[] = []
  const ownersOf = (number: number) => {
    known[number] ??= findOwners(literals[number] as Literal)
    return known[number]
  }
  return { prefilter: compilePrefilter(literals), ownersOf, tokens: book, finders, pairs }
}

/** The words that wake a rule whose tokens have no mark of their own. */
function nearWords({ literals, near = [] }: TokenMark): readonly string[] {
  return literals.length === 0 ? near : []
}

/** For each word, which of the list it wakes, in their order. */
function placesByWord<T>(list: readonly T[], wordsOf: (each: T) => readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>()
  for (let place = 0; place < list.length; place += 1) {
    for (const word of wordsOf(list[place] as T)) {
      const known = places.get(word)
      if (known === undefined) places.set(word, [place])
      else if (known.at(-1) !== place) known.push(place)
    }
  }
  return places
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
