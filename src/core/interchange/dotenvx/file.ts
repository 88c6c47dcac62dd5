import { Buffer } from 'node:buffer'
import { type Document, type DotenvEntry, type DotenvLine, entriesOf } from '../../dotenv/document.ts'
import { printableName } from '../../dotenv/names.ts'
import { parseDotenv } from '../../dotenv/parse.ts'
import { SealwardError } from '../../errors.ts'
import { variablesOf } from '../../render/variables.ts'
import { valueText } from '../value-text.ts'
import { type DotenvxKey, openEcies, sealEcies } from './ecies.ts'

/** A file as dotenvx holds it, opened. */
export interface OpenedDotenvx {
  readonly document: Document
  /** Variables with a `$`, which dotenvx would replace as it reads them, unless they stand in single quotes. */
  readonly expandable: readonly string[]
}

const PREFIX = 'encrypted:'
const PUBLIC_KEY = 'DOTENV_PUBLIC_KEY'
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

/** Whether a text is a .env with a value that dotenvx encrypted. */
export function isDotenvx(text: string): boolean {
  return /^[ \t]*(?:export[ \t]+)?[\w.-]+[ \t]*=[ \t]*["'`]?encrypted:[A-Za-z0-9+/]{100}/m.test(text)
}

/**
 * Opens a .env of dotenvx. Its own lines go (the public key, and the banner above it); values that it left in plain text stay.
 *
 * @returns null when a value opens with none of the keys
 * @throws SealwardError malformed, not-representable, or what reading a .env throws
 */
export function openDotenvx(bytes: Uint8Array, keys: readonly DotenvxKey[]): OpenedDotenvx | null {
  const parsed = parseDotenv(bytes, { anyName: true })
  const named = entriesOf(parsed).flatMap(({ name, value }) => (name.startsWith(PUBLIC_KEY) ? [value] : []))
  let likelyFirst = keys.toSorted((one, other) => rank(one, named) - rank(other, named))
  const document: DotenvLine[] = []
  for (const line of parsed.filter((one) => !isOfDotenvx(one))) {
    if (line.kind !== 'entry') document.push(line)
    else {
      const opened = openValue(line, likelyFirst)
      if (opened === null) return null
      document.push({ ...line, value: opened.value })
      // Else a file that names no public key would have every key tried on every value.
      const { key } = opened
      if (key !== null && key !== likelyFirst[0]) likelyFirst = [key, ...likelyFirst.filter((one) => one !== key)]
    }
  }
  const expandable = entriesOf(document).filter(({ value }) => /\$[({A-Za-z_]/.test(value))
  return { document, expandable: expandable.map(({ name }) => name) }
}

/** The public key, and the banner above it: comments of the form `#/ ... /`. */
function isOfDotenvx(line: DotenvLine): boolean {
  return line.kind === 'comment'
    ? /^\/.*\/$/.test(line.text)
    : line.kind === 'entry' && line.name.startsWith(PUBLIC_KEY)
}

/**
 * Prints a .env with every value sealed. Comments are left out: dotenvx keeps them in plain text, and ours were encrypted.
 *
 * @param suffix of the variable with the public key
 * @throws SealwardError name-invalid or not-representable
 */
export function sealDotenvx(document: Document, key: DotenvxKey, suffix: string): string {
  const lines = variablesOf(document, 'dotenvx').map((entry) => {
    if (entry.name.startsWith('DOTENV_P'))
      throw new SealwardError('name-invalid', `${printableName(entry.name)} is a name that dotenvx keeps for its keys`)
    return `${entry.name}=${sealValue(entry, key)}\n`
  })
  return `${PUBLIC_KEY}${suffix}="${key.publicKey}"\n${lines.join('')}`
}

/** In single quotes, where dotenvx expands nothing in what it decrypted. */
function sealValue({ value }: DotenvEntry, key: DotenvxKey): string {
  return value === '' ? '' : `'${PREFIX}${sealEcies(Buffer.from(value, 'utf8'), key).toString('base64')}'`
}

/** `key` is null for a value that stands in plain text. */
function openValue(
  { name, value }: DotenvEntry,
  keys: readonly DotenvxKey[],
): { readonly value: string; readonly key: DotenvxKey | null } | null {
  if (!value.startsWith(PREFIX)) return { value, key: null }
  const message = decode(value.slice(PREFIX.length), name)
  for (const key of keys) {
    const opened = openEcies(message, key)
    if (opened !== null) return { value: valueText(opened, name), key }
  }
  return null
}

function decode(base64: string, name: string): Buffer {
  const bytes = Buffer.from(base64, 'base64')
  if (!BASE64.test(base64) || bytes.toString('base64') !== base64)
    throw new SealwardError('malformed', `the value of ${printableName(name)} is not base64 behind ${PREFIX}`)
  return bytes
}

function rank({ publicKey }: DotenvxKey, named: readonly string[]): number {
  return named.includes(publicKey) ? 0 : 1
}
