import { type Document, entriesOf } from '../dotenv/document.ts'
import { checkValueText } from '../dotenv/values.ts'

const SHORT: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' }

/**
 * `name=value` lines for `java.util.Properties.load`. The text is ASCII, so that it is the same to the reader of bytes, which takes
 * ISO-8859-1, and to a reader that was told UTF-8.
 *
 * @throws SealwardError not-representable
 */
export function renderProperties(document: Document): string {
  return entriesOf(document)
    .map((entry) => {
      checkValueText(entry)
      return `${printKey(entry.name)}=${printValue(entry.value)}\n`
    })
    .join('')
}

/** A blank, `=` or `:` would end the key, and a leading `#` or `!` would begin a comment. */
function printKey(name: string): string {
  return inAscii(name).replace(/[ =:#!]/g, '\\$&')
}

/**
 * Blanks before a value are skipped, so the first is an escape. So is the last: it would be kept, but an editor may trim it, and behind
 * `\ ` would leave a backslash that joins the next line.
 */
function printValue(value: string): string {
  return inAscii(value).replace(/^ | $/g, '\\u0020')
}

function inAscii(text: string): string {
  return text.replace(/[^ -[\]-~]/g, (unit) => SHORT[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
