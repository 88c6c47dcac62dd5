import { opaqueRuns } from '../forms/changes/runs.ts'
import { Text } from '../forms/text.ts'
import { isStructure, whyNot } from '../worth.ts'
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

/** `value`: the whole; `leaf`: something in it that is a secret by itself; `line`: one line of several. */
export type SourceKind = 'value' | 'leaf' | 'line'

const LINE_END = /\r\n|\r|\n/
const LINE_SOURCES = 256
/** A value in JSON in base64 in a URL is as deep as it gets. */
const DEEPEST = 3

/**
 * Takes a value apart. A text of several lines is not among the literals: a log is searched line by line, and the runner would
 * register each line of it, `{` and `}` too.
 */
export function partsOf(value: string, minLength: number): Parts {
  const collector = new Collector(minLength)
  collector.collect(value, 'value', 0)
  return collector.parts
}

class Collector {
  readonly #literals = new Set<string>()
  readonly #sources = new Map<string, SourceKind>()
  readonly #minLength: number

  constructor(minLength: number) {
    this.#minLength = minLength
  }

  get parts(): Parts {
    const sources = Array.from(this.#sources, ([text, kind]) => ({
      text: new Text(text, this.#isHiddenByLine(text)),
      kind,
    }))
    return { literals: [...this.#literals], sources }
  }

  collect(untrimmed: string, kind: SourceKind, depth: number): void {
    const text = untrimmed.toWellFormed().trim()
    if (whyNot(text, this.#minLength) !== null || this.#sources.has(text)) return
    this.#sources.set(text, kind)
    if (LINE_END.test(text)) this.#addLines(text)
    else this.#literals.add(text)
    if (depth === DEEPEST) return
    for (const reading of readingsOf(text, this.#minLength))
      if (reading.kind === 'literal') this.#literals.add(reading.text)
      else this.collect(reading.text, reading.kind === 'value' ? kind : 'leaf', depth + 1)
  }

  #addLines(text: string): void {
    const lines = this.#linesOf(text)
    for (const line of lines) for (const literal of [line, ...opaqueRuns(line)]) this.#literals.add(literal)
    for (const line of lines.slice(0, LINE_SOURCES)) if (!this.#sources.has(line)) this.#sources.set(line, 'line')
  }

  /** The lines that are worth it, without a comma at their ends: the same line may be the last one elsewhere. */
  #linesOf(text: string): string[] {
    return text
      .split(LINE_END)
      .map((line) => line.trim().replace(/,$/, ''))
      .filter((line) => whyNot(line, this.#minLength) === null && !isStructure(line))
  }

  #isHiddenByLine(text: string): boolean {
    if (!LINE_END.test(text)) return false
    const hidden = this.#linesOf(text).reduce((sum, line) => sum + line.length, 0)
    return hidden * 4 >= text.length * 3
  }
}
