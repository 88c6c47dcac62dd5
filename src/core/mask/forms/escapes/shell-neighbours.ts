import type { Text } from '../text.ts'
import { backslash, octal } from './backslash.ts'

/** What writers of shell words make of a character because of those beside it. A table of characters cannot say that. */
export function* besideOthers(text: Text): Iterable<string> {
  const { plain, hiddenByLine, isAscii } = text
  yield* escapeTildes(plain)
  if (plain.includes("'")) yield quotesTogether(plain)
  if (plain.includes('\\"')) yield plain.replace(BEFORE_QUOTE, '$1$1\\"')
  if (!(hiddenByLine ? UNPRINTABLE_IN_LINE : UNPRINTABLE).test(plain) && isAscii) return
  yield gnuWord(plain, UNPRINTABLE_OR_QUOTE)
  if (!isAscii) yield gnuWord(plain, WIDE_OR_QUOTE) // where the locale is C
}

/** `printf %q` of bash escapes a tilde where one would be expanded: behind `:` and `=`. */
export function* escapeTildes(word: string): Iterable<string> {
  if (/[:=]~/.test(word)) yield word.replace(/([:=])~/g, '$1\\~')
}

/** dash's `set` and `export -p` put single quotes that follow each other between one pair of double quotes. */
function quotesTogether(plain: string): string {
  return plain.replace(/'+/g, (quotes, at: number) => `'"${quotes}"${isEnd(plain, at + quotes.length) ? '' : "'"}`)
}

/** Windows' argument rules double the backslashes that a quote follows, and no others. From the first of them on, to be linear. */
const BEFORE_QUOTE = /(?<!\\)(\\*)"/g

const UNPRINTABLE = /[\0-\x1f\x7f-\x9f]/
const UNPRINTABLE_IN_LINE = /[\0-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]/
const UNPRINTABLE_OR_QUOTE = /[\0-\x1f\x7f-\x9f]+|'/g
const WIDE_OR_QUOTE = /[^ -~]+|'/g

/** GNU's `shell-escape` quoting, of ls, xargs -t and error messages: a stretch that cannot be printed stands between `'$'` and `''`. */
function gnuWord(plain: string, stretches: RegExp): string {
  return plain.replace(stretches, (stretch, at: number) => {
    if (stretch === "'") return `'\\''`
    const end = at + stretch.length
    return `'$'${Array.from(stretch, gnuEscape).join('')}${isEnd(plain, end) || plain[end] === "'" ? '' : "''"}`
  })
}

const gnuEscape = backslash({
  code: octal,
  named: { '\u0007': '\\a', '\b': '\\b', '\f': '\\f', '\v': '\\v' },
  ascii: true,
})

/** What a writer puts behind the value is for another literal to know, so a form stops before it. */
function isEnd(plain: string, at: number): boolean {
  return at === plain.length
}
