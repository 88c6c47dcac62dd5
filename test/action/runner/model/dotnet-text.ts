/**
 * The few text rules in which .NET, which the runner is written in, differs from JavaScript. They matter because each one
 * decides what counts as a line, and so what counts as a command.
 */

// .NET's Char.IsWhiteSpace: holds U+0085, which JavaScript's \s lacks, and lacks U+FEFF, which \s holds.
const SPACE = '\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const LEADING = new RegExp(`^[${SPACE}]+`)
const BLANK = new RegExp(`^[${SPACE}]*$`)
const END_OF_LINE = /\r\n|\n|\r/

/** String.TrimStart. */
export function trimStart(text: string): string {
  return text.replace(LEADING, '')
}

/** String.Trim. The end is walked by hand: a `[space]+$` regex is quadratic on runs of blanks. */
export function trim(text: string): string {
  const body = trimStart(text)
  let end = body.length
  while (end > 0 && BLANK.test(body[end - 1] as string)) end -= 1
  return body.slice(0, end)
}

/** String.IsNullOrWhiteSpace. */
export function isBlank(text: string): boolean {
  return BLANK.test(text)
}

/**
 * Cuts a stream into lines as StreamReader.ReadLine does: at LF, at CRLF and at a lone CR. So `progress\r::add-mask::x` is
 * two lines, and the second one is a command.
 */
export class LineReader {
  #pending = ''

  /** Takes a chunk and returns the lines it completes. */
  push(chunk: string): string[] {
    const text = this.#pending + chunk
    const held = text.endsWith('\r') ? 1 : 0 // perhaps the first half of a CRLF
    const lines = text.slice(0, text.length - held).split(END_OF_LINE)
    this.#pending = (lines.pop() as string) + (held === 1 ? '\r' : '')
    return lines
  }

  /** Ends the stream and returns what is left: a last line needs no terminator. */
  end(): string[] {
    const lines = this.#pending.split(END_OF_LINE)
    this.#pending = ''
    if (lines.at(-1) === '') lines.pop()
    return lines
  }
}

/** Every line of a text, by the same rule. */
export function readLines(text: string): string[] {
  const reader = new LineReader()
  return [...reader.push(text), ...reader.end()]
}
