import { trim } from './dotnet-text.ts'
import { ENCODERS } from './encoders.ts'

/**
 * The runner's SecretMasker: a set of literal strings, searched case-sensitively and ordinally. Every hit is taken, hits that
 * overlap or touch become one range, and each range is replaced by `***`. There is no minimum length.
 */
export class SecretMasker {
  readonly #values = new Set<string>()
  readonly #patterns = new Set<string>()

  /** Registers a value and its eleven encodings. An empty string registers nothing. */
  add(value: string): void {
    if (value === '' || this.#values.has(value)) return
    this.#values.add(value)
    this.#patterns.add(value)
    for (const encode of Object.values(ENCODERS)) {
      const form = encode(value)
      if (form !== '') this.#patterns.add(form)
    }
  }

  /** Registers a value whole, as it is, and then each of its lines trimmed: what `::add-mask::` and job secrets do. */
  addWithLines(value: string): void {
    this.add(value)
    for (const line of value.split(/[\r\n]/)) this.add(trim(line))
  }

  /** Every value registered, without the derived forms, oldest first. */
  get values(): readonly string[] {
    return [...this.#values]
  }

  /** How many literals are searched for in each line. */
  get patternCount(): number {
    return this.#patterns.size
  }

  /** The text with every secret replaced. */
  mask(text: string): string {
    const ranges = this.#hits(text)
    if (ranges.length === 0) return text
    let masked = ''
    let from = 0
    for (const [start, end] of merge(ranges)) {
      masked += `${text.slice(from, start)}***`
      from = end
    }
    return masked + text.slice(from)
  }

  // The search goes on one character after the start of a hit, so `aba` is found twice in `ababa`.
  #hits(text: string): Range[] {
    const ranges: Range[] = []
    for (const pattern of this.#patterns) {
      for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) {
        ranges.push([at, at + pattern.length])
      }
    }
    return ranges
  }
}

type Range = readonly [start: number, end: number]

function merge(ranges: Range[]): Range[] {
  const merged: [number, number][] = []
  for (const [start, end] of ranges.sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end)
    else merged.push([start, end])
  }
  return merged
}
