import type { Detection } from '../../detection.ts'
import type { ScanText } from '../../engine/scan-text.ts'
import { BACKSLASH, CLOSE, COMMA, OPEN, SINGLE_QUOTE, skipSpace } from '../bytes.ts'
import type { FileTraits } from '../file-traits.ts'
import { judgeName, type NameVerdict } from '../name/judge-name.ts'
import { RULE_OF, scoreOf } from '../score.ts'
import { judgeValue } from '../value/judge-value.ts'

const MAX_COLUMNS = 2000
/** How much of a statement's rows is read: a dump writes many rows in one statement. */
const MAX_ROWS = 16 * 1024

const COLUMNS = /^insert into\s{1,8}[^\s(]{1,130}\s{0,8}\(([^()]{1,1800})\)\s{0,80}values\s{0,80}(?=\()/i

/** Finds the passwords in `INSERT INTO users (name, password) VALUES ('a', 'x'), ('b', 'y')`: by the names of the columns. */
export function readSqlInsert(text: ScanText, hit: number, traits: FileTraits): Detection[] {
  const head = COLUMNS.exec(text.slice(hit, hit + MAX_COLUMNS))
  if (head === null) return []
  const names = head[1]!.split(',').map((column) => judgeName(column.replace(/[`"[\]\s]/g, '')))
  if (names.every((name) => name === null)) return []
  return rowsOf(text, { at: hit + head[0].length, names, traits })
}

interface Rows {
  readonly at: number
  readonly names: readonly (NameVerdict | null)[]
  readonly traits: FileTraits
}

function rowsOf(text: ScanText, { at, names, traits }: Rows): Detection[] {
  const found: Detection[] = []
  for (const { start, end, column } of cellsOf(text.bytes, at)) {
    const name = names[column] ?? null
    const detection = name === null || end - start < 4 ? null : judge(text, { start, end, name, traits })
    if (detection !== null) found.push(detection)
  }
  return found
}

/** The quoted cells of rows, `('a', 1), ('b', 2);`, each with the number of its column. */
function* cellsOf(bytes: Uint8Array, from: number): Generator<{ start: number; end: number; column: number }> {
  const bound = Math.min(bytes.length, from + MAX_ROWS)
  const place: Place = { column: 0, depth: 0 }
  for (let at = from; at < bound; at += 1) {
    if (bytes[at] === SINGLE_QUOTE) {
      const end = endOfText(bytes, at + 1, bound)
      if (place.depth === 1) yield { start: at + 1, end, column: place.column }
      at = end
    } else if (!goesOn(place, bytes, at)) return
  }
}

interface Place {
  column: number
  depth: number
}

/** Keeps count of brackets and commas. @returns false behind the last row, and where this is no list of rows */
function goesOn(place: Place, bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at]
  if (byte === OPEN || byte === CLOSE) {
    place.depth += byte === OPEN ? 1 : -1
    if (place.depth === 0) place.column = 0
    return true
  }
  if (byte === COMMA) {
    if (place.depth === 1) place.column += 1
    return true
  }
  return place.depth <= 4 && (place.depth !== 0 || skipSpace(bytes, at) !== at)
}

/** The closing quote; one that is doubled or behind a backslash is not. */
function endOfText(bytes: Uint8Array, from: number, bound: number): number {
  let at = from
  while (at < bound && (bytes[at] !== SINGLE_QUOTE || bytes[at + 1] === SINGLE_QUOTE))
    at += bytes[at] === BACKSLASH || bytes[at] === SINGLE_QUOTE ? 2 : 1
  return at
}

interface Cell {
  readonly start: number
  readonly end: number
  readonly name: NameVerdict
  readonly traits: FileTraits
}

function judge(text: ScanText, { start, end, name, traits }: Cell): Detection | null {
  const value = judgeValue({ value: text.slice(start, end), quoted: true }, name)
  const score = scoreOf({ name, value, join: 'pair', quoted: true, comment: false, traits })
  if (score === null) return null
  const [rule, severity] = RULE_OF[name.kind]
  return { rule, start, end, severity, confidence: score.confidence, shown: 0, reasons: score.reasons }
}
