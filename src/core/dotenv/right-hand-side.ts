import { SealwardError } from '../errors.ts'
import { countLineFeeds, isBlank, lineEnd, skipBlanks, trimBlanks } from './scan.ts'

/** What stands behind the `=` of an entry. `end` is the index of the LF (or the end of the text) behind its last line. */
export interface RightHandSide {
  readonly value: string
  readonly comment: string | null
  readonly end: number
}

const BACKSLASH = 0x5c
const DOUBLE_QUOTE = 0x22
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

/**
 * Reads the value that begins at `from`, directly behind the `=`. docs/dotenv.md sections 3.3 to 3.7.
 *
 * @param line the line of `from`, for the error
 * @throws SealwardError dotenv-syntax
 */
export function readRight(text: string, from: number, line?: number): RightHandSide {
  const end = lineEnd(text, from)
  const first = skipBlanks(text, from, end)
  const quote = first < end ? text.charAt(first) : ''
  if (quote === "'" || quote === '"' || quote === '`') return readQuoted(text, first, line)
  return readBare(text.slice(from, end), end)
}

function readBare(raw: string, end: number): RightHandSide {
  const hash = commentStart(raw)
  if (hash < 0) return { value: trimBlanks(raw), comment: null, end }
  return { value: trimBlanks(raw.slice(0, hash)), comment: raw.slice(hash + 1), end }
}

function commentStart(raw: string): number {
  for (let at = raw.indexOf('#'); at >= 0; at = raw.indexOf('#', at + 1)) {
    if (isBlank(raw.charCodeAt(at - 1))) return at
  }
  return -1
}

function readQuoted(text: string, open: number, line: number | undefined): RightHandSide {
  const quote = text.charAt(open)
  const close = quote === '"' ? closingDoubleQuote(text, open + 1) : text.indexOf(quote, open + 1)
  if (close < 0) throw syntax('a quote is opened and never closed', 'close it, or put the value in other quotes', line)
  const end = lineEnd(text, close)
  const rest = skipBlanks(text, close + 1, end)
  if (rest < end) {
    const closingLine = line === undefined ? undefined : line + countLineFeeds(text, open, close)
    if (text.charAt(rest) !== '#') throw syntax('there is text behind a closing quote', ONE_PAIR, closingLine)
    // Half of the common readers take \' for a quote inside the value, and what follows for more of it: it must not
    // become a comment in silence.
    if (quote !== '"' && text.charCodeAt(close - 1) === BACKSLASH) throw syntax(AMBIGUOUS, ONE_PAIR, closingLine)
  }
  const raw = text.slice(open + 1, close)
  return {
    value: quote === '"' ? resolveEscapes(raw) : raw,
    comment: rest < end ? text.slice(rest + 1, end) : null,
    end,
  }
}

const AMBIGUOUS = 'a backslash before a closing quote can be read in two ways'
const ONE_PAIR = 'put the whole value in one pair of quotes: in double quotes \\" is a quote and \\\\ a backslash'

function closingDoubleQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === DOUBLE_QUOTE) return at
    if (unit === BACKSLASH) at += 1
  }
  return -1
}

function resolveEscapes(raw: string): string {
  if (!raw.includes('\\')) return raw
  return raw.replace(/\\([nrt"\\$`])/g, (_, letter: string) => ESCAPES[letter] ?? letter)
}

function syntax(message: string, hint: string, line: number | undefined): SealwardError {
  return new SealwardError('dotenv-syntax', message, line === undefined ? { hint } : { hint, line })
}
