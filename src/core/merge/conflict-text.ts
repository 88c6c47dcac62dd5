import type { Document, DotenvEntry } from '../dotenv/document.ts'
import { parseDotenv } from '../dotenv/parse.ts'
import { printDotenv } from '../dotenv/print.ts'
import { SealwardError } from '../errors.ts'
import type { MergedDocument } from './documents.ts'

const MARKER = 7
const MARKERS = /^(?:<{7}|>{7})(?: |$)/

/** A merged plaintext for a person to settle: both sides of each conflict between the markers that git uses. */
export function printConflicts({ lines }: MergedDocument): string {
  return lines
    .map((line) => {
      if (line.kind !== 'conflict') return printDotenv([line])
      const [ours, theirs] = [printEntry(line.ours), printEntry(line.theirs)]
      return `${'<'.repeat(MARKER)} ours\n${ours}${'='.repeat(MARKER)}\n${theirs}${'>'.repeat(MARKER)} theirs\n`
    })
    .join('')
}

/**
 * Reads what a person made of it.
 *
 * @throws SealwardError dotenv-syntax while a marker is left, or whatever reading a .env throws
 */
export function parseSettled(text: string, file: string): Document {
  try {
    return parseDotenv(text, { anyName: true })
  } catch (error) {
    const line = text.split('\n').findIndex((row) => MARKERS.test(row)) + 1
    if (line === 0) throw error
    throw new SealwardError('dotenv-syntax', 'a conflict is not settled yet', {
      ...{ file, line },
      hint: 'keep one of the two sides, and take the three lines of markers out',
    })
  }
}

/**
 * Two encrypted files as git shows a conflict: both in one, with markers around all lines between the first and the last that differ.
 * No reader of the format takes it for a file, so none of the two sides is lost because somebody committed it as it is.
 */
export function conflictingBytes(ours: Uint8Array, theirs: Uint8Array, marker = MARKER): Uint8Array {
  const [mine, others] = [linesOf(ours), linesOf(theirs)]
  let [from, end] = [0, 0]
  const shorter = Math.min(mine.length, others.length)
  while (from < shorter && mine[from] === others[from]) from += 1
  while (end < shorter - from && mine.at(-1 - end) === others.at(-1 - end)) end += 1
  const [left, right] = [mine.slice(from, mine.length - end), others.slice(from, others.length - end)]
  const conflict = [
    ...[`${'<'.repeat(marker)} ours\n`, ...left, `${'='.repeat(marker)}\n`],
    ...[...right, `${'>'.repeat(marker)} theirs\n`],
  ]
  return Buffer.from([...mine.slice(0, from), ...conflict, ...mine.slice(mine.length - end)].join(''), 'latin1')
}

/** Each with its end, which the last one may lack: one character a byte, so that nothing is decoded. */
function linesOf(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  return text
    .split('\n')
    .flatMap((line, at, all) => (at < all.length - 1 ? [`${line}\n`] : line === '' ? [] : [`${line}\n`]))
}

function printEntry(entry: DotenvEntry | null): string {
  return entry === null ? '' : printDotenv([entry])
}
