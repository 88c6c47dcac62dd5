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
  const words = new WordList(literals)
  const table = new ChainTable(words.count)
  // First what goes to 32 chains at once, while these still are one.
  for (let word = 0; word < words.count; word += 1) if (isShort(words, word)) addShortEnd(table, words, word)
  addGrams(table, words)
  return { search: (bytes) => searchAll(bytes, table, words) }
}

/** All literals behind one another, as they are compared: a hook makes this at each start, and two arrays are made sooner than two thousand. */
class WordList {
  readonly count: number
  /** In lower case where the case does not count. */
  readonly bytes: Uint8Array
  /** Where each literal begins, and behind the last one where it ends. */
  readonly starts: Uint32Array
  readonly #foldCase: readonly boolean[]

  constructor(literals: readonly Literal[]) {
    this.count = literals.length
    this.starts = new Uint32Array(literals.length + 1)
    this.#foldCase = literals.map(({ foldCase }) => foldCase)
    let all = ''
    for (let word = 0; word < literals.length; word += 1) {
      const { literal, foldCase } = literals[word] as Literal
      if (literal.length < MIN_LITERAL)
        throw new RangeError(`a literal of a rule has fewer than ${MIN_LITERAL} characters`)
      all += foldCase ? literal.replace(CAPITALS, toLower) : literal
      this.starts[word + 1] = all.length
    }
    this.bytes = Buffer.from(all, 'latin1')
  }

  standsAt(text: Uint8Array, place: number, word: number): boolean {
    const start = this.starts[word] as number
    const end = this.starts[word + 1] as number
    if (place < 0 || place + end - start > text.length) return false
    const caseOf = this.#foldCase[word] === true ? LOWER : SAME
    for (let at = start; at < end; at += 1) {
      if (caseOf[text[place + at - start] as number] !== this.bytes[at]) return false
    }
    return true
  }
}

const CAPITALS = /[A-Z]+/g
const toLower = (letters: string) => letters.toLowerCase()
const SAME = Uint8Array.from({ length: 256 }, (_, byte) => byte)
/** Of ASCII only. */
const LOWER = SAME.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte | FOLD : byte))

/** Chains of entries (literal number times two, plus the place in the literal that was looked at), by gram. 0 ends a chain. */
class ChainTable {
  readonly heads = new Uint16Array(GRAMS)
  /** Bit n: a byte of which the lower five bits are n can go on with one of the chain's literals that begins here. */
  readonly follows = new Int32Array(GRAMS)
  /** Bit n: such a byte, one place before, can begin one of the chain's other literals. */
  readonly leads = new Int32Array(GRAMS)
  readonly nexts: Uint16Array
  readonly entries: Uint32Array
  /** How many entries there are, and the one that is none. */
  used = 1

  /** @param words how many literals: each is in two chains, or in one and in one that 32 grams share */
  constructor(words: number) {
    if (words > MAX_WORDS) throw new RangeError('too many literals for the prefilter')
    this.nexts = new Uint16Array(2 * words + 1)
    this.entries = new Uint32Array(2 * words + 1)
  }

  /** Puts an entry before those of a chain. @returns what the chain begins with now */
  link(head: number, entry: number): number {
    const at = this.used
    this.used += 1
    this.nexts[at] = head
    this.entries[at] = entry
    return at
  }
}

const MAX_WORDS = 0x7fff

function isShort({ starts }: WordList, word: number): boolean {
  return (starts[word + 1] as number) - (starts[word] as number) === MIN_LITERAL
}

/** Behind a literal of three stands anything: the 32 grams that its last two bytes begin lie side by side. */
function addShortEnd(table: ChainTable, { bytes, starts }: WordList, word: number): void {
  const { heads, leads } = table
  const at = starts[word] as number
  const gram = (((bytes[at + 1] as number) & LOW) << 10) | (((bytes[at + 2] as number) & LOW) << 5)
  heads.fill(table.link(heads[gram] as number, word * 2 + 1), gram, gram + LOW + 1)
  leads.fill((leads[gram] as number) | (1 << ((bytes[at] as number) & LOW)), gram, gram + LOW + 1)
}

/**
 * The grams that begin at the first and at the second byte of each literal. One loop, with nothing called: it runs once at each start of a
 * hook, before V8 has compiled anything.
 */
function addGrams(table: ChainTable, { count, bytes, starts }: WordList): void {
  const { heads, follows, leads, nexts, entries } = table
  let { used } = table
  for (let word = 0; word < count; word += 1) {
    const at = starts[word] as number
    const first = (bytes[at] as number) & LOW
    const second = (bytes[at + 1] as number) & LOW
    const third = (bytes[at + 2] as number) & LOW
    const begin = (first << 10) | (second << 5) | third
    nexts[used] = heads[begin] as number
    entries[used] = word * 2
    heads[begin] = used
    used += 1
    if ((starts[word + 1] as number) - at === MIN_LITERAL) {
      follows[begin] = -1
      continue
    }
    const fourth = (bytes[at + 3] as number) & LOW
    const next = (second << 10) | (third << 5) | fourth
    follows[begin] = (follows[begin] as number) | (1 << fourth)
    leads[next] = (leads[next] as number) | (1 << first)
    nexts[used] = heads[next] as number
    entries[used] = word * 2 + 1
    heads[next] = used
    used += 1
  }
  table.used = used
}

/** The gram is written out in the loop, and a byte read once for two places: together a third of the time. */
function searchAll(bytes: Uint8Array, table: ChainTable, words: WordList): LiteralHits {
  const hits = new HitList()
  const { heads, follows, leads } = table
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
    compareChain(bytes, at, { head: heads[gram] as number, table, words, hits })
    if (!hits.complete) return hits
  }
  // A literal of three at the very end, of which the last two bytes are left.
  if (at === last && at > 0) {
    const gram = (first << 10) | (((bytes[at + 1] as number) & LOW) << 5)
    compareChain(bytes, at, { head: heads[gram] as number, table, words, hits })
  }
  return hits
}

interface Candidate {
  readonly head: number
  readonly table: ChainTable
  readonly words: WordList
  readonly hits: HitList
}

function compareChain(bytes: Uint8Array, at: number, { head, table, words, hits }: Candidate): void {
  const { nexts, entries } = table
  for (let link = head; link !== 0; link = nexts[link] as number) {
    const entry = entries[link] as number
    const start = at - (entry & 1)
    if (words.standsAt(bytes, start, entry >> 1)) hits.add(entry >> 1, start)
  }
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
