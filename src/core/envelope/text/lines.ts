import { SealwardError } from '../../errors.ts'
import { FILE_BYTES, VARIABLES } from '../limits.ts'

/** A line of an encrypted file above its metadata, with the value as it is stored. docs/format.md section 2. */
export type StoredLine =
  | { readonly kind: 'blank' }
  | { readonly kind: 'comment'; readonly stored: string; readonly line: number }
  | { readonly kind: 'variable'; readonly name: string; readonly stored: string; readonly line: number }

/** A line of the metadata, its name without the prefix `sops_`. A blank line among them has the name ''. */
export interface MetadataLine {
  readonly name: string
  readonly stored: string
}

export interface Lines {
  readonly body: readonly StoredLine[]
  readonly metadata: readonly MetadataLine[]
}

type Row = StoredLine | ({ readonly kind: 'metadata' } & MetadataLine)

export interface LineOptions {
  /** Accept any bytes but LF and `=` as a name, for files that other tools made. */
  readonly anyName?: boolean
}

const METADATA_PREFIX = 'sops_'
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/**
 * Splits an encrypted file into its lines.
 *
 * @throws SealwardError limit, malformed, duplicate or name-invalid, with the line's number and never its text
 */
export function splitLines(bytes: Uint8Array, options: LineOptions = {}): Lines {
  if (bytes.length > FILE_BYTES) throw tooLarge()
  const body: StoredLine[] = []
  const metadata: MetadataLine[] = []
  const names = { variable: new Set<string>(), metadata: new Set<string>() }
  const rows = withoutCarriageReturns(decode(bytes).split('\n'))
  if (rows.at(-1) === '') rows.pop()
  for (const [index, text] of rows.entries()) {
    const row = readRow(text, index + 1, options)
    if (row.kind === 'variable' || row.kind === 'metadata') refuseDuplicate(names[row.kind], row.name, index + 1)
    if (row.kind === 'metadata') metadata.push({ name: row.name, stored: row.stored })
    else if (row.kind === 'blank' && metadata.length > 0) metadata.push({ name: '', stored: '' })
    else body.push(row)
  }
  if (names.variable.size > VARIABLES) throw new SealwardError('limit', `more than ${VARIABLES} variables`)
  return { body, metadata }
}

/**
 * The bytes of a file: body, then metadata, every line ended by LF.
 *
 * @throws SealwardError limit for a file that could not be read back
 */
export function joinLines(lines: Lines): Uint8Array {
  const rows: string[] = []
  for (const line of lines.body) {
    if (line.kind === 'blank') rows.push('')
    else if (line.kind === 'comment') rows.push(`#${line.stored}`)
    else rows.push(`${line.name}=${line.stored}`)
  }
  for (const { name, stored } of lines.metadata) rows.push(name === '' ? '' : `${METADATA_PREFIX}${name}=${stored}`)
  const bytes = Buffer.from(`${rows.join('\n')}\n`, 'utf8')
  if (bytes.length > FILE_BYTES) throw tooLarge()
  return bytes
}

/** Stored text to text: backslash and `n` stand for LF. Section 2. */
export function unescapeLine(stored: string): string {
  return stored.includes('\\n') ? stored.replaceAll('\\n', '\n') : stored
}

/** Text to stored text. Only for text without CR and without the two characters backslash and `n`. */
export function escapeLine(text: string): string {
  return text.includes('\n') ? text.replaceAll('\n', '\\n') : text
}

function decode(bytes: Uint8Array): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new SealwardError('malformed', 'the file is not UTF-8 text')
  }
  if (text.startsWith('\u{feff}'))
    throw new SealwardError('malformed', 'the file begins with a byte order mark', { line: 1 })
  return text
}

/** A checkout that converted line ends did it everywhere; a CR on some lines only is part of those lines. */
function withoutCarriageReturns(rows: string[]): string[] {
  const ended = rows.slice(0, -1)
  if (ended.length === 0 || !ended.every((row) => row.endsWith('\r'))) return rows
  return [...ended.map((row) => row.slice(0, -1)), ...rows.slice(-1)]
}

function readRow(row: string, line: number, { anyName = false }: LineOptions): Row {
  if (row === '') return { kind: 'blank' }
  if (row.startsWith('#')) return { kind: 'comment', stored: row.slice(1), line }
  const equals = row.indexOf('=')
  if (equals === -1) throw new SealwardError('malformed', 'a line that is neither a comment nor NAME=value', { line })
  const [name, stored] = [row.slice(0, equals), row.slice(equals + 1)]
  if (name === METADATA_PREFIX) throw invalidName(line)
  if (name.startsWith(METADATA_PREFIX)) return { kind: 'metadata', name: name.slice(METADATA_PREFIX.length), stored }
  if (!anyName && !NAME.test(name)) throw invalidName(line)
  return { kind: 'variable', name, stored, line }
}

function refuseDuplicate(names: Set<string>, name: string, line: number): void {
  if (names.has(name)) throw new SealwardError('duplicate', 'the same name stands twice in the file', { line })
  names.add(name)
}

function tooLarge(): SealwardError {
  return new SealwardError('limit', `the encrypted file is larger than ${FILE_BYTES} bytes`)
}

function invalidName(line: number): SealwardError {
  return new SealwardError('name-invalid', 'a name that is not of the form [A-Za-z_][A-Za-z0-9_]*', {
    line,
    hint: 'files made by other tools can be read with --allow-any-name',
  })
}
