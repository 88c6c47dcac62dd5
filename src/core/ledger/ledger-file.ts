import { isUtf8 } from 'node:buffer'
import { messageOf } from '../signature/subject.ts'
import { type BadEntry, type Entry, LINE_BYTES, readEntry } from './entry.ts'

/** The ledger of a repository, from its top. */
export const LEDGER_FILE = '.sealward/ledger.jsonl'
export const LEDGER_BYTES = 64 * 1024 * 1024

/** A line of the ledger, from 1, and what it says. */
export interface LedgerLine {
  readonly line: number
  readonly text: string
  readonly read: Entry | BadLine
}

export type BadLine = BadEntry | { readonly kind: 'too-long' | 'unended'; readonly why: string; readonly id: null }

const LF = 0x0a
const MARKERS = /^(?:<{7}|={7}|>{7}|\|{7})/

/** Takes a ledger apart. Never throws: what cannot be read is said of its line, and the lines after it are read. */
export function readLedger(file: Uint8Array): LedgerLine[] {
  const bytes = Buffer.from(messageOf(file))
  const lines: LedgerLine[] = []
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(LF, start)
    const slice = bytes.subarray(start, end === -1 ? bytes.length : end)
    lines.push({ line: lines.length + 1, ...readLine(slice, end !== -1) })
    start += slice.length + 1
  }
  return lines
}

/** A ledger of these lines. */
export function printLedger(lines: readonly string[]): Uint8Array {
  return Buffer.from(lines.map((line) => `${line}\n`).join(''))
}

/** The last line without an end is one of which a part may be missing. */
function readLine(bytes: Buffer, ended: boolean): Pick<LedgerLine, 'text' | 'read'> {
  const bad = (kind: BadLine['kind'], why: string) => ({ text: '', read: { kind, why, id: null } as BadLine })
  if (bytes.length > LINE_BYTES) return bad('too-long', `is longer than ${LINE_BYTES} bytes`)
  if (!ended) return bad('unended', 'is the last one and does not end: a part of it may be missing')
  if (!isUtf8(bytes)) return bad('malformed', 'is not UTF-8 text')
  const text = bytes.toString('utf8')
  if (MARKERS.test(text)) return bad('malformed', 'is a conflict marker of a merge')
  return { text, read: readEntry(text) }
}
