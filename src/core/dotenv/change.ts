import { SealwardError } from '../errors.ts'
import { type Document, type DotenvLine, entriesOf, LIMITS } from './document.ts'
import { checkName, printableName } from './names.ts'
import { checkValueSize, checkValueText } from './values.ts'

/**
 * Gives a variable a value: in place when the document has it, else as a new last line. A name that the document already has
 * may be a foreign one; a new one must be a variable name.
 *
 * @throws SealwardError name-invalid, not-representable or limit
 */
export function setEntry(document: Document, name: string, value: string): Document {
  const entry: DotenvLine = { kind: 'entry', name, value }
  checkValueText(entry)
  checkValueSize(entry)
  if (hasEntry(document, name)) return document.map((line) => (isEntryOf(line, name) ? entry : line))
  checkName(name)
  if (entriesOf(document).length >= LIMITS.names) {
    throw new SealwardError('limit', `more than ${LIMITS.names} variables`)
  }
  return [...document, entry]
}

/**
 * Takes a variable away and leaves every other line, the comments above it too.
 *
 * @throws SealwardError not-found
 */
export function removeEntry(document: Document, name: string): Document {
  if (hasEntry(document, name)) return document.filter((line) => !isEntryOf(line, name))
  throw new SealwardError('not-found', `there is no variable ${printableName(name)}`, {
    hint: '`sealward list` prints the names',
  })
}

function hasEntry(document: Document, name: string): boolean {
  return document.some((line) => isEntryOf(line, name))
}

function isEntryOf(line: DotenvLine, name: string): boolean {
  return line.kind === 'entry' && line.name === name
}
