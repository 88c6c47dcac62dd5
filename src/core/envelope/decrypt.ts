import { createSecretKey, type KeyObject } from 'node:crypto'
import type { Document, DotenvLine } from '../dotenv/document.ts'
import { printableName } from '../dotenv/names.ts'
import { readRightHandSide } from '../dotenv/unquote.ts'
import { SealwardError } from '../errors.ts'
import type { EncryptedFile } from './file.ts'
import { VALUE_BYTES } from './limits.ts'
import { type StoredLine, unescapeLine } from './text/lines.ts'
import { checkMac, startMac } from './values/mac.ts'
import { openValue } from './values/open-value.ts'
import { compileRule } from './values/rule.ts'
import { looksSealed } from './values/sealed.ts'

/** How values are read that SOPS encrypted from a quoted .env. docs/format.md section 8. */
export type Quotes = 'literal' | 'dotenv'

/** One variable of an opened file: what it means, and what it was stored as, so that an unchanged one can stay. */
export interface OpenedVariable {
  readonly value: string
  readonly encrypted: boolean
  /** The text as it enters the MAC. It differs from `value` for a boolean, and where quotes were read. */
  readonly plaintext: string
  readonly stored: string
}

/** A file whose MAC agreed. */
export interface OpenedFile {
  readonly file: EncryptedFile
  readonly dataKey: Uint8Array
  readonly document: Document
  readonly variables: ReadonlyMap<string, OpenedVariable>
  /** Comments by their text, each with its stored lines from top to bottom. */
  readonly comments: ReadonlyMap<string, readonly string[]>
}

type StoredVariable = Extract<StoredLine, { kind: 'variable' }>
type StoredComment = Extract<StoredLine, { kind: 'comment' }>

/**
 * Opens every value of a file and checks its MAC before it gives any of them away.
 *
 * @throws SealwardError value-not-authentic, plaintext-value, malformed, mac-mismatch, not-representable or limit
 */
export async function openFile(
  file: EncryptedFile,
  dataKey: Uint8Array,
  options: { readonly quotes?: Quotes } = {},
): Promise<OpenedFile> {
  const { metadata, lines } = file
  const key = createSecretKey(dataKey)
  const selector = (await compileRule(metadata.rule))()
  const mac = startMac(metadata.macOnlyEncrypted)
  const variables = new Map<string, OpenedVariable>()
  const comments = new Map<string, string[]>()
  const document = lines.body.map((line): DotenvLine => {
    if (line.kind === 'blank') return line
    if (line.kind === 'comment') {
      const text = openComment(line, selector.comment(line.stored), key)
      remember(comments, text, line.stored)
      return { kind: 'comment', text }
    }
    const variable = openVariable(line, selector.variable(line.name), { key, quotes: options.quotes ?? 'literal' })
    mac.add(variable.plaintext, variable.encrypted)
    variables.set(line.name, variable)
    return { kind: 'entry', name: line.name, value: variable.value }
  })
  checkMac(metadata.mac, { digest: mac.digest(), key, timestamp: metadata.timestamp })
  return { file, dataKey, document, variables, comments }
}

function remember(comments: Map<string, string[]>, text: string, stored: string): void {
  const lines = comments.get(text)
  if (lines === undefined) comments.set(text, [stored])
  else lines.push(stored)
}

function openVariable(
  line: StoredVariable,
  encrypted: boolean,
  reading: { readonly key: KeyObject; readonly quotes: Quotes },
): OpenedVariable {
  try {
    const opened = encrypted ? openSealed(line, reading.key) : openPlain(line)
    if (Buffer.byteLength(opened.plaintext) > VALUE_BYTES)
      throw new SealwardError('limit', `a value of more than ${VALUE_BYTES} bytes`)
    const value = reading.quotes === 'dotenv' ? readRightHandSide(opened.value, line.name) : opened.value
    return { ...opened, value, encrypted, stored: line.stored }
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    throw located(error, { line: line.line, message: `${printableName(line.name)}: ${error.message}` })
  }
}

function openSealed({ name, stored }: StoredVariable, key: KeyObject): { value: string; plaintext: string } {
  if (stored === '') return { value: '', plaintext: '' }
  if (!looksSealed(stored)) throw plaintextValue()
  const { plaintext: bytes, type } = openValue(stored, key, `${name}:`)
  if (type === 'comment') throw new SealwardError('malformed', 'a value is marked as a comment')
  const plaintext = utf8(bytes)
  return { value: type === 'bool' ? readBool(plaintext) : plaintext, plaintext }
}

/**
 * SOPS writes these two. Of any other text the label, which nothing authenticates, would make another value.
 *
 * @throws SealwardError malformed
 */
export function readBool(text: string): string {
  if (text === 'True') return 'true'
  if (text === 'False') return 'false'
  throw new SealwardError('malformed', 'a value is marked as a boolean and is none')
}

function openPlain({ stored }: StoredVariable): { value: string; plaintext: string } {
  const value = unescapeLine(stored)
  return { value, plaintext: value }
}

function openComment({ stored, line }: StoredComment, encrypted: boolean, key: KeyObject): string {
  try {
    const text = encrypted && looksSealed(stored) ? openSealedComment(stored, key) : stored
    // SOPS leaves the CR there when it encrypts a file whose lines end in CR LF.
    const kept = text.endsWith('\r') ? text.slice(0, -1) : text
    if (/[\r\n]/.test(kept)) throw new SealwardError('not-representable', 'has several lines')
    return kept
  } catch (error) {
    throw error instanceof SealwardError ? located(error, { line, message: `a comment: ${error.message}` }) : error
  }
}

function openSealedComment(stored: string, key: KeyObject): string {
  const { plaintext, type } = openValue(stored, key, ':')
  if (type !== 'comment') throw new SealwardError('malformed', 'marked as a value')
  return utf8(plaintext)
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function utf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new SealwardError('not-representable', 'what was encrypted is not UTF-8 text', { hint: 'read it with sops' })
  }
}

export function plaintextValue(): SealwardError {
  return new SealwardError('plaintext-value', 'a value that should be encrypted is plain text', {
    hint: 'treat it as leaked if it was ever committed; `sealward set NAME` stores a new one',
  })
}

function located(error: SealwardError, place: { readonly line: number; readonly message: string }): SealwardError {
  return new SealwardError(error.code, place.message, {
    line: place.line,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  })
}
