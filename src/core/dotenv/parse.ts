import { SealwardError } from '../errors.ts'
import { type Document, type DotenvLine, LIMITS } from './document.ts'
import { checkName, printableName } from './names.ts'
import { type RightHandSide, readRight } from './right-hand-side.ts'
import { countLineFeeds, isBlank, lineEnd, skipBlanks, trimBlanks } from './scan.ts'
import { readText } from './text.ts'
import { checkValueSize } from './values.ts'

/** `file` goes into the errors; `anyName` admits foreign names (docs/dotenv.md section 3.1). */
export interface ParseOptions {
  readonly file?: string
  readonly anyName?: boolean
}

/** A line that starts at `start` with something other than a blank, a comment sign or its end. */
interface EntryStart {
  readonly start: number
  readonly end: number
  readonly line: number
}

interface Entry {
  readonly name: string
  readonly right: RightHandSide
}

const BLANK: DotenvLine = { kind: 'blank' }

/**
 * Reads a plaintext .env in the dialect of docs/dotenv.md. A string is taken as the text of the file.
 *
 * @throws SealwardError dotenv-syntax, name-invalid, duplicate or limit, with the line where there is one
 */
export function parseDotenv(source: Uint8Array | string, options: ParseOptions = {}): Document {
  try {
    return readLines(readText(source), options.anyName ?? false)
  } catch (error) {
    throw error instanceof SealwardError && options.file !== undefined ? error.in(options.file) : error
  }
}

function readLines(text: string, anyName: boolean): Document {
  const lines: DotenvLine[] = []
  const names = new Set<string>()
  let line = 1
  for (let at = 0; at < text.length; line += 1) {
    const end = lineEnd(text, at)
    const start = skipBlanks(text, at, end)
    at = end + 1
    if (start === end) {
      lines.push(BLANK)
    } else if (text.charAt(start) === '#') {
      lines.push({ kind: 'comment', text: text.slice(start + 1, end) })
    } else {
      const { name, right } = readEntry(text, { start, end, line }, anyName)
      remember(names, name, line)
      // The one place where a comment moves: docs/dotenv.md section 4.
      if (right.comment !== null) lines.push({ kind: 'comment', text: right.comment })
      lines.push({ kind: 'entry', name, value: right.value })
      line += countLineFeeds(text, start, right.end)
      at = right.end + 1
    }
  }
  return lines
}

function readEntry(text: string, { start, end, line }: EntryStart, anyName: boolean): Entry {
  const equals = text.indexOf('=', start) // may look beyond the line, once: then the file is refused
  if (equals < 0 || equals > end) {
    const hint = "write NAME=value; a comment begins with '#', and a value of several lines stands in quotes"
    throw new SealwardError('dotenv-syntax', "a line has no '='", { hint, line })
  }
  const name = dropExport(trimBlanks(text.slice(start, equals)))
  checkName(name, { anyName, line })
  const right = readRight(text, equals + 1, line)
  checkValueSize({ name, value: right.value }, line)
  return { name, right }
}

function dropExport(name: string): string {
  return name.startsWith('export') && isBlank(name.charCodeAt(6)) ? trimBlanks(name.slice(7)) : name
}

function remember(names: Set<string>, name: string, line: number): void {
  if (names.has(name)) {
    const hint = 'keep one of them: readers differ in which one they use'
    throw new SealwardError('duplicate', `${printableName(name)} is set a second time`, { hint, line })
  }
  if (names.size === LIMITS.names) throw new SealwardError('limit', `more than ${LIMITS.names} variables`, { line })
  names.add(name)
}
