import { SealwardError } from '../errors.ts'
import type { Document, DotenvLine } from './document.ts'
import { checkName } from './names.ts'
import { checkValueText, isText } from './values.ts'

/**
 * Writes a document in the canonical spelling of docs/dotenv.md section 6: `parseDotenv` gives the same document back.
 *
 * @throws SealwardError not-representable or name-invalid for what no reading gives, such as a comment with a line break
 */
export function printDotenv(document: Document): string {
  return document.map((line) => `${printLine(line)}\n`).join('')
}

function printLine(line: DotenvLine): string {
  if (line.kind === 'blank') return ''
  if (line.kind === 'comment') return `#${checkComment(line.text)}`
  checkName(line.name, { anyName: true })
  checkValueText(line)
  return `${line.name}=${quote(line.value)}`
}

/** An encrypted comment is not covered by the file's MAC, and a line break in it would print an entry of its own. */
function checkComment(text: string): string {
  if (isText(text) && !/[\r\n]/.test(text)) return text
  throw new SealwardError('not-representable', 'a comment holds a line break, a NUL or what is not Unicode text', {
    hint: 'remove the comment from the encrypted file',
  })
}

const BARE = /^[A-Za-z0-9_./:@%+,=-]*$/

function quote(value: string): string {
  if (BARE.test(value)) return value
  if (!/['\r]/.test(value)) return `'${value}'`
  const escaped = value.replace(/["\\$`\r]/g, (character) => (character === '\r' ? '\\r' : `\\${character}`))
  return `"${escaped}"`
}
