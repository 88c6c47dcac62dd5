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
  readonly text: string
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
  const literals = new Set<string>()
  const sources = new Map<string, SourceKind>()
  const collect = (text: string, kind: SourceKind, depth: number): void => {
    const trimmed = text.trim()
    if (whyNot(trimmed, minLength) !== null || sources.has(trimmed)) return
    sources.set(trimmed, kind)
    const lines = linesOf(trimmed, minLength)
    for (const line of lines) literals.add(line)
    if (LINE_END.test(trimmed))
      for (const line of lines.slice(0, LINE_SOURCES)) if (!sources.has(line)) sources.set(line, 'line')
    if (depth === DEEPEST) return
    for (const reading of readingsOf(trimmed, minLength))
      if (reading.kind === 'literal') literals.add(reading.text)
      else collect(reading.text, reading.kind === 'value' ? kind : 'leaf', depth + 1)
  }
  collect(value.toWellFormed(), 'value', 0)
  return { literals: [...literals], sources: Array.from(sources, ([text, kind]) => ({ text, kind })) }
}

/** The lines worth hiding, trimmed, without a comma at the end: the same line may be the last one elsewhere. */
function linesOf(text: string, minLength: number): string[] {
  if (!LINE_END.test(text)) return [text]
  return text
    .split(LINE_END)
    .map((line) => line.trim().replace(/,$/, ''))
    .filter((line) => whyNot(line, minLength) === null && !isStructure(line))
}
