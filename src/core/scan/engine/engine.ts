import type { Detection } from '../detection.ts'
import type { FileTraits } from '../generic/file-traits.ts'
import { isCiphertext } from './ciphertext.ts'
import { besides, byPlace, withoutOverlaps } from './overlap.ts'
import { findPairs } from './pairs.ts'
import type { LiteralHits } from './prefilter.ts'
import type { RuleSet } from './rule-set.ts'
import type { ScanText } from './scan-text.ts'
import type { Span } from './tokens/match-token.ts'
import { detectionOf, TokenSearch } from './tokens/token-search.ts'

/** What was found in one text. */
export interface DetectResult {
  /** In the order of the text. */
  readonly detections: readonly Detection[]
  /** False when a bound was met and there may be more: say so to the person. */
  readonly complete: boolean
  /** Where the text is escaped: what decode/ goes by. */
  readonly escapes: readonly number[]
}

/** More say nothing new: the file is a list of secrets. */
export const MAX_DETECTIONS = 1000

/**
 * Finds the secrets in a text. Takes time linear in its length, and never throws on what is in it.
 *
 * A token of a known shape wins over a guess from names and syntax that shares characters with it; the halves of a pair are
 * reported together in addition to the half that is known by its shape.
 */
export function detect(text: ScanText, file: FileTraits, rules: RuleSet): DetectResult {
  return arrange(look(text, file, rules), [])
}

/** Where a text shows what rules look for, before anything but the marks of token rules is needed. */
export interface Sighting {
  /** Token rules whose shape was found, by number: to be loaded before `look`. */
  readonly tokens: ReadonlyMap<number, readonly Span[]>
  /** The places of each finder's literals, by the finder's number; none where it has no literal in the text. */
  readonly places: readonly (readonly number[] | undefined)[]
  readonly escapes: readonly number[]
  readonly complete: boolean
}

/** The first part of `detect`, for who has rules to load. */
export function sight(text: ScanText, rules: RuleSet): Sighting {
  const hits = rules.prefilter.search(text.bytes)
  const { searches, places, escapes } = wake(text, hits, rules)
  const tokens = new Map<number, readonly Span[]>()
  let { complete } = hits
  for (const [index, search] of searches) {
    if (search.found.length > 0) tokens.set(index, search.found)
    complete &&= search.complete
  }
  return { tokens, places, escapes, complete }
}

/** What `detect` sees before it is put together. */
export interface Seen {
  /** By their shape, and pairs. In the order of the text, without overlaps. */
  readonly known: readonly Detection[]
  /** By what stands round them. */
  readonly guesses: readonly Detection[]
  readonly complete: boolean
  readonly escapes: readonly number[]
}

/**
 * The second part, for who has more to add.
 *
 * @throws RangeError when a rule that was sighted has not been loaded
 */
export function look(text: ScanText, file: FileTraits, rules: RuleSet, sighting = sight(text, rules)): Seen {
  const { places, complete, escapes } = sighting
  const all = [...sighting.tokens].flatMap(([index, spans]) => {
    const rule = rules.tokens.at(index)
    return spans.map((span) => detectionOf(text, rule, span))
  })
  const isOpen = (one: Detection) => !isCiphertext(text, one)
  const tokens = withoutOverlaps(all.filter(isOpen))
  const known = withoutOverlaps([...tokens, ...besides(tokens, findPairs(text, tokens, rules.pairs))])
  const guesses = rules.finders.flatMap((finder, index) => {
    const found = places[index]
    return found === undefined ? [] : finder.find(text, found, file)
  })
  return { known, guesses: withoutOverlaps(guesses.filter(isOpen)), complete, escapes }
}

/** The third part: what is known by its shape, then what was hidden in an encoding, then guesses; each where the others are not. */
export function arrange({ known, guesses, complete, escapes }: Seen, hidden: readonly Detection[]): DetectResult {
  const sure = [...known, ...besides(known, hidden)].toSorted(byPlace)
  const all = [...sure, ...besides(sure, guesses)].toSorted(byPlace)
  return { detections: all.slice(0, MAX_DETECTIONS), complete: complete && all.length <= MAX_DETECTIONS, escapes }
}

interface Woken {
  readonly searches: ReadonlyMap<number, TokenSearch>
  readonly places: readonly (readonly number[] | undefined)[]
  readonly escapes: readonly number[]
}

/** Tells each rule of its literals' places, from the front to the back. */
function wake(text: ScanText, { literals, offsets }: LiteralHits, rules: RuleSet): Woken {
  const searches = new Map<number, TokenSearch>()
  const places: number[][] = []
  const escapes: number[] = []
  for (const [at, literal] of literals.entries()) {
    const offset = offsets[at] as number
    const owners = rules.ownersOf(literal)
    for (const index of owners.tokens) {
      const search = searches.get(index) ?? startSearch(searches, index, { text, rules })
      search.meet({ offset, length: owners.length })
    }
    for (const index of owners.finders) places[index] = withPlace(places[index], offset)
    if (owners.escape) withPlace(escapes, offset)
  }
  return { searches, places, escapes }
}

function startSearch(
  searches: Map<number, TokenSearch>,
  index: number,
  { text, rules }: { readonly text: ScanText; readonly rules: RuleSet },
): TokenSearch {
  const search = new TokenSearch(text, rules.tokens.marks[index]!)
  searches.set(index, search)
  return search
}

/** Two literals may begin at one place. */
function withPlace(places: number[] | undefined, offset: number): number[] {
  if (places === undefined) return [offset]
  if (places.at(-1) !== offset) places.push(offset)
  return places
}
