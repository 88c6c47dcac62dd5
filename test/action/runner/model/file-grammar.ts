/** The operating system whose rules apply. It decides line ends in command files and the letter case of variable names. */
export type RunnerOs = 'linux' | 'macos' | 'windows'

export type Pair = readonly [name: string, value: string]

/**
 * Reads what a step appended to GITHUB_ENV, GITHUB_OUTPUT or GITHUB_STATE: `NAME=VALUE`, or `NAME<<DELIMITER` and lines up to
 * one that equals the delimiter, whichever of `=` and `<<` comes first. Empty lines are skipped; there are no comments, and
 * names are not checked. Pairs are yielded before an error is thrown, as the runner applies them, and the error quotes the
 * offending line, as the runner's does. Only LF ends a line, and CRLF too on Windows.
 */
export function* parsePairs(text: string, os: RunnerOs): Generator<Pair, void, void> {
  const cursor = new Cursor(text, os)
  for (let line = cursor.next(); line !== null; line = cursor.next()) {
    if (line.text === '') continue
    const equals = line.text.indexOf('=')
    const heredoc = line.text.indexOf('<<')
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      yield [line.text.slice(0, equals), line.text.slice(equals + 1)]
    } else if (heredoc >= 0) {
      const name = line.text.slice(0, heredoc)
      const delimiter = line.text.slice(heredoc + 2)
      if (name === '' || delimiter === '') {
        throw new Error(`Invalid format '${line.text}'. Name must not be empty and delimiter must not be empty`)
      }
      yield [name, readHeredoc(cursor, delimiter)]
    } else {
      throw new Error(`Invalid format '${line.text}'`)
    }
  }
}

// The value keeps its inner line ends byte for byte; only the one before the delimiter goes. The delimiter itself may be
// the end of the file, but a value's line may not.
function readHeredoc(cursor: Cursor, delimiter: string): string {
  const start = cursor.index
  let end = start
  for (;;) {
    const line = cursor.next()
    if (line === null) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
    if (line.text === delimiter) return cursor.text.slice(start, end)
    if (line.newline === '') throw new Error('Invalid value. EOF marker missing new line.')
    end = cursor.index - line.newline.length
  }
}

class Cursor {
  readonly text: string
  index = 0
  readonly #crlf: boolean

  constructor(text: string, os: RunnerOs) {
    this.text = text
    this.#crlf = os === 'windows'
  }

  next(): { text: string; newline: '' | '\n' | '\r\n' } | null {
    if (this.index >= this.text.length) return null
    const start = this.index
    const lf = this.text.indexOf('\n', start)
    if (lf < 0) {
      this.index = this.text.length
      return { text: this.text.slice(start), newline: '' }
    }
    this.index = lf + 1
    const crlf = this.#crlf && this.text[lf - 1] === '\r'
    return crlf
      ? { text: this.text.slice(start, lf - 1), newline: '\r\n' }
      : { text: this.text.slice(start, lf), newline: '\n' }
  }
}
