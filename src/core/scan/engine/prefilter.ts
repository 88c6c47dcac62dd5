/** A text that a rule cannot do without. */
export interface Literal {
  /** Three characters or more, one byte each. */
  readonly literal: string
  /** Found in any letter case (of ASCII). */
  readonly foldCase: boolean
}

/** Where literals stand in a text, by place: `offsets[n]` is where literal number `literals[n]` begins. */
export interface LiteralHits {
  readonly literals: readonly number[]
  readonly offsets: readonly number[]
  /** False when there were more than `MAX_HITS` and the rest of the text was not searched. */
  readonly complete: boolean
}

/** A text of nothing but keywords is no source code; the bound keeps what is remembered of it below 20 MB. */
export const MAX_HITS = 1 << 20

/** Finds every place of every literal. */
export interface Prefilter {
  search(bytes: Uint8Array): LiteralHits
}

const MIN_LITERAL = 3
/** Sets the bit that tells the letter cases of ASCII apart. */
const FOLD = 0x20
/** The bits of a byte that are looked at first. They are the same in both letter cases; what falls together is compared afterwards. */
const LOW = 31
const GRAMS = 1 << 15

/**
 * Makes a filter for up to some thousand literals.
 *
 * Looks at three bytes at every second place: wherever a literal stands, its bytes 0 to 2 or 1 to 3 are looked at. A table by
 * five bits of each says which literals to compare, and which bytes can stand beside them. It is cheap to make, which counts in
 * a hook, and reads at half of the places, which counts in a tree. A dense Aho-Corasick automaton was measured: it reads every
 * byte, each after the one before, and takes longer to make.
 *
 * @throws RangeError on a literal that is too short: a mistake in a rule
 */
export function compilePrefilter(literals: readonly Literal[]): Prefilter {
  const words = literals.map(compileWord)
  const table = new ChainTable()
  for (const [index, word] of words.entries()) addWord(table, index, word)
  const { heads, follows, leads, nexts, entries } = table
  return { search: (bytes) => searchAll(bytes, { heads, follows, leads, nexts, entries, words }) }
}

/** A literal as it is compared: a byte of the text must be `expected` when the bits of `masks` are set in it. */
interface Word {
  readonly expected: Uint8Array
  readonly masks: Uint8Array
}

/** Chains of entries (literal number times two, plus the place in the literal that was looked at), by gram. 0 ends a chain. */
class ChainTable {
  readonly heads = new Uint16Array(GRAMS)
  /** Bit n: a byte of which the lower five bits are n can go on with one of the chain's literals that begins here. */
  readonly follows = new Int32Array(GRAMS)
  /** Bit n: such a byte, one place before, can begin one of the chain's other literals. */
  readonly leads = new Int32Array(GRAMS)
  readonly nexts: number[] = [0]
  readonly entries: number[] = [0]

  add(gram: number, entry: number): void {
    const at = this.nexts.length
    if (at > 0xffff) throw new RangeError('too many literals for the prefilter')
    this.nexts.push(this.heads[gram] as number)
    this.entries.push(entry)
    this.heads[gram] = at
  }
}

interface Compiled {
  readonly heads: Uint16Array
  readonly follows: Int32Array
  readonly leads: Int32Array
  readonly nexts: readonly number[]
  readonly entries: readonly number[]
  readonly words: readonly Word[]
}

function compileWord({ literal, foldCase }: Literal): Word {
  const { length } = literal
  if (length < MIN_LITERAL) throw new RangeError(`a literal of a rule has fewer than ${MIN_LITERAL} characters`)
  const expected = new Uint8Array(length)
  const masks = new Uint8Array(length)
  for (let at = 0; at < length; at += 1) {
    const code = literal.charCodeAt(at)
    const folded = code | FOLD
    if (foldCase && folded >= 0x61 && folded <= 0x7a) masks[at] = FOLD
    expected[at] = code | (masks[at] as number)
  }
  return { expected, masks }
}

function addWord(table: ChainTable, index: number, { expected }: Word): void {
  const a = expected[0] as number
  const b = expected[1] as number
  const c = expected[2] as number
  const d = expected[3]
  const begin = gramOf(a, b, c)
  table.add(begin, index * 2)
  table.follows[begin] = (table.follows[begin] as number) | (d === undefined ? -1 : 1 << (d & LOW))
  // Behind a literal of three stands anything.
  const last = d === undefined ? LOW : d & LOW
  for (let third = d === undefined ? 0 : last; third <= last; third += 1) {
    const second = gramOf(b, c, third)
    table.add(second, index * 2 + 1)
    table.leads[second] = (table.leads[second] as number) | (1 << (a & LOW))
  }
}

function gramOf(first: number, second: number, third: number): number {
  return ((first & LOW) << 10) | ((second & LOW) << 5) | (third & LOW)
}

/** The gram is written out in the loop, and a byte read once for two places: together a third of the time. */
function searchAll(bytes: Uint8Array, compiled: Compiled): LiteralHits {
  const hits = new HitList()
  const { heads, follows, leads } = compiled
  const last = bytes.length - 2
  let first = (bytes[0] ?? 0) & LOW
  let at = 0
  for (; at < last; at += 2) {
    const third = (bytes[at + 2] as number) & LOW
    const gram = (first << 10) | (((bytes[at + 1] as number) & LOW) << 5) | third
    first = third
    if (heads[gram] === 0) continue
    // Outside the text a byte reads as 0: that may let a literal through to be compared, and hides none.
    const next = at + 3 < bytes.length ? (bytes[at + 3] as number) & LOW : 0
    const before = at > 0 ? (bytes[at - 1] as number) & LOW : 0
    const beside = ((follows[gram] as number) >>> next) | ((leads[gram] as number) >>> before)
    if ((beside & 1) === 0) continue
    compareChain(bytes, at, { head: heads[gram] as number, compiled, hits })
    if (!hits.complete) return hits
  }
  // A literal of three at the very end, of which the last two bytes are left.
  if (at === last && at > 0) {
    compareChain(bytes, at, { head: heads[gramOf(first, bytes[at + 1] ?? 0, 0)] ?? 0, compiled, hits })
  }
  return hits
}

interface Candidate {
  readonly head: number
  readonly compiled: Compiled
  readonly hits: HitList
}

function compareChain(bytes: Uint8Array, at: number, { head, compiled, hits }: Candidate): void {
  const { nexts, entries, words } = compiled
  for (let link = head; link !== 0; link = nexts[link] as number) {
    const entry = entries[link] as number
    const word = words[entry >> 1] as Word
    const start = at - (entry & 1)
    if (standsAt(bytes, start, word)) hits.add(entry >> 1, start)
  }
}

function standsAt(bytes: Uint8Array, start: number, { expected, masks }: Word): boolean {
  if (start < 0 || start + expected.length > bytes.length) return false
  for (let at = 0; at < expected.length; at += 1) {
    if (((bytes[start + at] as number) | (masks[at] as number)) !== expected[at]) return false
  }
  return true
}

class HitList implements LiteralHits {
  readonly literals: number[] = []
  readonly offsets: number[] = []
  complete = true

  /** Two looks are one place apart at most, so a hit moves up by few others; equal places go by the literal's number. */
  add(literal: number, offset: number): void {
    this.complete = this.offsets.length + 1 < MAX_HITS
    let at = this.offsets.length
    while (at > 0 && comesBefore(offset, literal, this.offsets[at - 1] as number, this.literals[at - 1] as number))
      at -= 1
    if (at === this.offsets.length) {
      this.offsets.push(offset)
      this.literals.push(literal)
    } else {
      this.offsets.splice(at, 0, offset)
      this.literals.splice(at, 0, literal)
    }
  }
}

function comesBefore(offset: number, literal: number, thanOffset: number, thanLiteral: number): boolean {
  return offset < thanOffset || (offset === thanOffset && literal < thanLiteral)
}
