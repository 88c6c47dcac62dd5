import { ALPHABETS } from '../template.ts'
import { CharacterSet, readClass, setOfEscape } from './character-set.ts'

/** Anchors and boundaries take no character. */
const NOTHING = /^(?:\\[bBAz]|\^|\$)/
const COUNT = /^(?:([*+?])|\{(\d{1,4})(,?)(\d{0,4})\})[?]?/
const GROUP = /^\((?:\?P?<\w+>|\?[a-zA-Z-]*:)?/
const FLAGS = /^\(\?[a-zA-Z-]+\)/
const DEEPEST = 20

/**
 * Makes a text that an expression is likely to find, as an example with `{b62:32}` for what is random. It takes the first of
 * alternatives and as few repetitions as are allowed.
 *
 * @returns null for an expression that is more than it understands. Whether the text is found is for the caller to try.
 */
export function sampleOf(pattern: string): string | null {
  const reader = new Reader(pattern)
  const made = reader.alternatives(0)
  return made === null || !reader.atEnd ? null : made
}

class Reader {
  readonly #pattern: string
  #at = 0

  constructor(pattern: string) {
    this.#pattern = pattern
  }

  get atEnd(): boolean {
    return this.#at >= this.#pattern.length
  }

  /** Up to the closing bracket or the end. */
  alternatives(depth: number): string | null {
    let first: string | null = null
    do {
      const made = this.#sequence(depth)
      if (made === null) return null
      first ??= made
    } while (this.#take(/^\|/) !== null)
    return first
  }

  #sequence(depth: number): string | null {
    let made = ''
    while (!this.atEnd && !/^[|)]/.test(this.#rest)) {
      const part = this.#repeated(depth)
      if (part === null) return null
      made += part
    }
    return made
  }

  #repeated(depth: number): string | null {
    if (this.#take(NOTHING) !== null || this.#take(FLAGS) !== null) return ''
    const atom = this.#atom(depth)
    if (atom === null) return null
    const count = this.#take(COUNT)
    const times = count === null ? 1 : leastOf(count)
    return atom instanceof CharacterSet ? written(atom, times) : atom.repeat(times)
  }

  #atom(depth: number): CharacterSet | string | null {
    if (this.#take(GROUP) !== null) {
      const inside = depth < DEEPEST ? this.alternatives(depth + 1) : null
      return this.#take(/^\)/) === null ? null : inside
    }
    if (this.#rest.startsWith('[')) {
      const read = readClass(this.#rest)
      this.#at += read?.length ?? 0
      return read?.set ?? null
    }
    const escaped = this.#take(/^\\(?:x[0-9a-fA-F]{2}|.)/)
    if (escaped !== null) return setOfEscape(escaped[0])
    const literal = this.#take(/^[^*+?()[\\|]/)
    if (literal === null) return null
    return literal[0] === '.' ? CharacterSet.all : literal[0]
  }

  get #rest(): string {
    return this.#pattern.slice(this.#at)
  }

  #take(form: RegExp): RegExpExecArray | null {
    const taken = form.exec(this.#rest)
    this.#at += taken?.[0].length ?? 0
    return taken
  }
}

function leastOf([, sign, least]: RegExpExecArray): number {
  if (sign !== undefined) return sign === '+' ? 1 : 0
  return Number(least)
}

/** The largest alphabet that the set has whole, or the first of its characters. */
function written(set: CharacterSet, times: number): string {
  if (times === 0) return ''
  const inside = Object.entries(ALPHABETS).filter(([, alphabet]) => set.hasAll(alphabet))
  const [best] = inside.toSorted(([, one], [, other]) => other.length - one.length)
  return best === undefined ? set.first.repeat(times) : `{${best[0]}:${times}}`
}
