/** A literal that begins at a place of a text. */
export interface Hit {
  /** The length of the longest one; 0 when there is none. */
  readonly length: number
  /** Whether the text ended before it was clear that no longer one begins here. */
  readonly open: boolean
}

const WINDOW = 4
/** 32 KiB of bits: they stay in the processor's nearest cache, and with some ten thousand literals still stop most of a text. */
const FEW_BITS = 18
/** From so many literals on that filter would let a good part of a text through; 256 KiB stay in the next cache. */
const MANY = 20_000
const MANY_BITS = 21
/** Fibonacci hashing: spreads windows that differ in one letter. */
const FACTOR = 0x9e3779b1

const NONE: Hit = { length: 0, open: false }
const UNDECIDED: Hit = { length: 0, open: true }

/**
 * Literals, as bytes, to be looked for at every place of a text: the first four bytes by a table of bits that says no nearly
 * always, and then by a bucket of all literals that begin so, in which a walk from byte to byte narrows the choice.
 */
export class Literals {
  /** How many bytes at a place are looked at first: four, or as many as the shortest literal has. */
  readonly window: number
  readonly #mask: number
  /** By how much a hash is cut to be the number of a bit. */
  readonly #shift: number
  readonly #filter: Uint32Array
  readonly #buckets = new Map<number, Bucket>()
  /** The beginnings of literals that are shorter than the window, by their length. */
  readonly #starts: readonly Set<number>[]

  constructor(texts: Iterable<string>) {
    const literals = Array.from(new Set(texts), (text) => Buffer.from(text, 'utf8')).filter(({ length }) => length > 0)
    const bits = literals.length > MANY ? MANY_BITS : FEW_BITS
    this.#shift = 32 - bits
    this.#filter = new Uint32Array(1 << (bits - 5))
    this.window = literals.reduce((least, { length }) => Math.min(least, length), WINDOW)
    this.#mask = this.window === WINDOW ? -1 : (1 << (8 * this.window)) - 1
    this.#starts = Array.from({ length: this.window }, () => new Set<number>())
    for (const literal of literals) this.#add(literal)
  }

  /** The first place at or after `from` where a literal may begin; the text's length minus the window, plus one, when there is none. */
  nextCandidate(text: Uint8Array, from: number): number {
    const filter = this.#filter
    const mask = this.#mask
    const shift = this.#shift
    const last = this.window - 1
    const end = text.length
    let key = 0
    for (let at = from; at < from + last && at < end; at += 1) key = (key << 8) | text[at]!
    for (let at = from + last; at < end; at += 1) {
      key = ((key << 8) | text[at]!) & mask
      const bit = Math.imul(key, FACTOR) >>> shift
      if ((filter[bit >>> 5]! & (1 << (bit & 31))) !== 0) return at - last
    }
    return Math.max(from, end - last)
  }

  /** What begins at a place. */
  at(text: Uint8Array, from: number): Hit {
    if (from + this.window > text.length)
      return this.#starts[text.length - from]!.has(keyOf(text, from, text.length)) ? UNDECIDED : NONE
    return this.#buckets.get(keyOf(text, from, from + this.window))?.longestAt(text, from) ?? NONE
  }

  #add(literal: Uint8Array): void {
    const key = keyOf(literal, 0, this.window)
    const bit = Math.imul(key, FACTOR) >>> this.#shift
    this.#filter[bit >>> 5]! |= 1 << (bit & 31)
    for (let length = 1; length < this.window; length += 1) this.#starts[length]!.add(keyOf(literal, 0, length))
    const bucket = this.#buckets.get(key)
    if (bucket === undefined) this.#buckets.set(key, new Bucket(literal, this.window))
    else bucket.add(literal)
  }
}

/** Literals that share their first bytes. In order, so that those that share more of them are neighbours. */
class Bucket {
  readonly #literals: Uint8Array[]
  readonly #shared: number
  #sorted = true

  constructor(first: Uint8Array, shared: number) {
    this.#literals = [first]
    this.#shared = shared
  }

  add(literal: Uint8Array): void {
    this.#literals.push(literal)
    this.#sorted = false
  }

  longestAt(text: Uint8Array, from: number): Hit {
    if (!this.#sorted) this.#literals.sort(Buffer.compare)
    this.#sorted = true
    let low = 0
    let high = this.#literals.length
    let length = 0
    for (let depth = this.#shared; ; depth += 1) {
      if (high - low === 1) return continued(this.#literals[low]!, { text, from, depth, length })
      if (this.#literals[low]!.length === depth) {
        length = depth
        low += 1
      }
      if (from + depth === text.length) return { length, open: true }
      const byte = text[from + depth]!
      low = this.#firstFrom(byte, depth, low, high)
      high = this.#firstFrom(byte + 1, depth, low, high)
      if (low === high) return { length, open: false }
    }
  }

  /** The first of a range of literals, alike up to `depth`, whose byte there is at least `byte`. */
  #firstFrom(byte: number, depth: number, low: number, high: number): number {
    let from = low
    let to = high
    while (from < to) {
      const middle = (from + to) >>> 1
      if (this.#literals[middle]![depth]! < byte) from = middle + 1
      else to = middle
    }
    return from
  }
}

/** The same where one literal is left. */
function continued(
  literal: Uint8Array,
  { text, from, depth, length }: { text: Uint8Array; from: number; depth: number; length: number },
): Hit {
  const end = Math.min(literal.length, text.length - from)
  let at = depth
  while (at < end && literal[at] === text[from + at]) at += 1
  if (at === literal.length) return { length: at, open: false }
  return { length, open: from + at === text.length }
}

function keyOf(bytes: Uint8Array, from: number, to: number): number {
  let key = 0
  for (let at = from; at < to; at += 1) key = (key << 8) | bytes[at]!
  return key
}
