import { opaqueRuns } from '../forms/changes/runs.ts'
import { isWord, type Masker, Text } from '../forms/text.ts'
import { whyNot } from '../worth.ts'
import { LINE_END, linesWorthHiding } from './lines.ts'
import { readingsOf } from './readings.ts'

/** What of one secret has to be hidden. */
export interface Parts {
  /** Texts of one line, to be hidden as they are. */
  readonly literals: readonly string[]
  /** Texts to derive forms from. */
  readonly sources: readonly Source[]
}

export interface Source {
  readonly text: Text
  readonly kind: SourceKind
}

/**
 * `value`: the whole. `leaf`: something in it that is a secret by itself. `line`: one line of several. `drawn line`: one that is
 * nearly all letters and digits drawn at random, such as those of a PEM block.
 */
export type SourceKind = 'value' | 'leaf' | 'line' | 'drawn line'

/** What is worth hiding, and who will hide it. */
export interface Taking {
  readonly minLength: number
  readonly masker: Masker
}

const LINE_SOURCES = 256
/** A value in JSON in base64 in a URL is as deep as it gets. */
const DEEPEST = 3

/**
 * Takes a value apart. A text of several lines is not among the literals: a log is searched line by line, and the runner would
 * register each line of it, `{` and `}` too.
 */
export function partsOf(value: string, how: Taking): Parts {
  const collector = new Collector(how)
  collector.collect(value, 'value', 0)
  return collector.parts
}

class Collector {
  readonly #literals = new Set<string>()
  readonly #sources = new Map<string, SourceKind>()
  readonly #minLength: number
  readonly #masker: Masker

  constructor({ minLength, masker }: Taking) {
    this.#minLength = minLength
    this.#masker = masker
  }

  get parts(): Parts {
    const sources = Array.from(this.#sources, ([text, kind]) => ({
      text: new Text(text, { hiddenByLine: this.#isHiddenByLine(text), masker: this.#masker }),
      kind,
    }))
    return { literals: [...this.#literals], sources }
  }

  collect(untrimmed: string, kind: SourceKind, depth: number): void {
    const text = untrimmed.toWellFormed().trim()
    if (whyNot(text, this.#minLength) !== null || this.#sources.has(text)) return
    this.#sources.set(text, kind)
    if (!isWord(text) && LINE_END.test(text)) this.#addLines(text)
    else this.#literals.add(text)
    if (depth === DEEPEST) return
    for (const reading of readingsOf(text, this.#minLength))
      if (reading.kind === 'literal') this.#literals.add(reading.text.toWellFormed())
      else this.collect(reading.text, reading.kind === 'value' ? kind : 'leaf', depth + 1)
  }

  #addLines(text: string): void {
    for (const [at, line] of linesWorthHiding(text, this.#minLength).entries()) {
      const runs = opaqueRuns(line)
      for (const literal of [line, ...runs]) this.#literals.add(literal)
      if (at >= LINE_SOURCES || this.#sources.has(line)) continue
      const drawn = runs.reduce((sum, run) => sum + run.length, 0)
      this.#sources.set(line, drawn * 4 >= line.length * 3 ? 'drawn line' : 'line')
    }
  }

  #isHiddenByLine(text: string): boolean {
    if (isWord(text) || !LINE_END.test(text)) return false
    const hidden = linesWorthHiding(text, this.#minLength).reduce((sum, line) => sum + line.length, 0)
    return hidden * 4 >= text.length * 3
  }
}
