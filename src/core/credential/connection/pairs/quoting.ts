import type { Slot } from '../slot.ts'

/** How the values of properties are quoted. */
export interface Quoting {
  /** Reads the value that begins at a place, and says where the next property begins. Null for what is none. */
  read(value: string, start: number): { readonly slot: Slot; readonly next: number } | null
}

/** ADO.NET: `"..."` or `'...'`, with the quote twice within; bare values lose the spaces at their ends. */
export const ADO: Quoting = {
  read(value, start) {
    const from = skipBlank(value, start)
    const quote = value[from]
    if (quote === '"' || quote === "'")
      return readQuoted(value, from, { close: quote, spell: (text) => inQuotes(text, quote) })
    return readBare(value, from, (text) => (isPlain(text) ? text : inQuotes(text, '"')))
  },
}

/** ODBC and SQL Server's JDBC: `{...}`, with `}` twice within; a quote is a character of the value. */
export const BRACES: Quoting = {
  read(value, start) {
    const from = skipBlank(value, start)
    if (value[from] === '{') return readQuoted(value, from, { close: '}', spell: inBraces })
    return readBare(value, from, (text) => (isPlain(text) ? text : inBraces(text)))
  },
}

interface Form {
  readonly close: string
  readonly spell: Slot['spell']
}

function readQuoted(value: string, start: number, { close, spell }: Form): ReturnType<Quoting['read']> {
  const pieces: string[] = []
  let from = start + 1
  for (;;) {
    const end = value.indexOf(close, from)
    if (end < 0) return null
    pieces.push(value.slice(from, end))
    if (value[end + 1] !== close) {
      const next = skipBlank(value, end + 1)
      if (next < value.length && value[next] !== ';') return null
      return { slot: { start, end: end + 1, text: pieces.join(close), spell }, next: next + 1 }
    }
    from = end + 2
  }
}

function readBare(value: string, start: number, spell: Slot['spell']): { slot: Slot; next: number } {
  const found = value.indexOf(';', start)
  const end = found < 0 ? value.length : found
  const text = value.slice(start, end).trimEnd()
  return { slot: { start, end: start + text.length, text, spell }, next: end + 1 }
}

function skipBlank(value: string, start: number): number {
  let at = start
  while (value[at] === ' ' || value[at] === '\t') at += 1
  return at
}

/** What every reader takes for the same without any quotes. */
function isPlain(text: string): boolean {
  return /^[^\s;='"{}\p{Cc}]+$/u.test(text)
}

/** The style that stands there stays, where the text has no quote; else the other quote is easier to read. */
function inQuotes(text: string, style: string): string | null {
  if (!isRepresentable(text)) return null
  const other = style === '"' ? "'" : '"'
  const quote = text.includes(style) && !text.includes(other) ? other : style
  return `${quote}${text.replaceAll(quote, quote + quote)}${quote}`
}

function inBraces(text: string): string | null {
  return isRepresentable(text) ? `{${text.replaceAll('}', '}}')}}` : null
}

function isRepresentable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}
