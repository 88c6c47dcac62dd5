import type { Document, DotenvEntry } from '../../dotenv/document.ts'
import { printableName } from '../../dotenv/names.ts'
import { parseDotenv } from '../../dotenv/parse.ts'
import { printDotenv } from '../../dotenv/print.ts'
import { readText } from '../../dotenv/text.ts'
import { SealwardError } from '../../errors.ts'
import { ifReadable } from '../../if-readable.ts'
import { renderJson } from '../../render/json.ts'
import { readFlatJson } from '../flat-json.ts'
import { valueText } from '../value-text.ts'
import type { FernetKey } from './key.ts'
import { looksLikeToken, openToken, sealToken } from './token.ts'

/** How a file holds its tokens: one over all of a .env, or one for each value of a JSON object. */
export type FernetForm = 'whole' | 'json'

/** @returns null when the text is no Fernet file */
export function fernetFormOf(text: string): FernetForm | null {
  if (looksLikeToken(text.trim())) return 'whole'
  const members = text.trimStart().startsWith('{') ? ifReadable(() => readFlatJson(text)) : null
  return members?.some(({ value }) => looksLikeToken(value)) ? 'json' : null
}

/**
 * Opens a file of Fernet tokens. What a whole-file token holds is a .env, or a JSON object of strings.
 *
 * @returns null when none of the keys fits
 * @throws SealwardError malformed, plaintext-value for a member of an object that is no token, or what reading a .env throws
 */
export function openFernetFile(bytes: Uint8Array, keys: readonly FernetKey[]): Document | null {
  const text = readText(bytes)
  const form = fernetFormOf(text)
  if (form === null) throw new SealwardError('malformed', 'this is neither a Fernet token nor a JSON object of them')
  return form === 'whole' ? openWhole(text.trim(), keys) : openMembers(text, keys)
}

/** One token over the whole .env, comments included. */
export function sealFernetFile(document: Document, key: FernetKey, now: Date): string {
  return `${sealToken(Buffer.from(printDotenv(document), 'utf8'), key, now)}\n`
}

/** A JSON object with a token for each value. */
export function sealFernetJson(document: Document, key: FernetKey, now: Date): string {
  const sealed = document.flatMap((line) =>
    line.kind === 'entry' ? [{ ...line, value: sealToken(Buffer.from(line.value, 'utf8'), key, now) }] : [],
  )
  return renderJson(sealed)
}

function openWhole(token: string, keys: readonly FernetKey[]): Document | null {
  const opened = openToken(token, keys)
  if (opened === null) return null
  const text = readText(opened)
  return text.trimStart().startsWith('{') ? readFlatJson(text).map(entry) : parseDotenv(text)
}

function openMembers(text: string, keys: readonly FernetKey[]): Document | null {
  const entries: DotenvEntry[] = []
  for (const { name, value } of readFlatJson(text)) {
    if (!looksLikeToken(value))
      throw new SealwardError('plaintext-value', `${printableName(name)} is not a Fernet token`)
    const opened = openToken(value, keys)
    if (opened === null) return null
    entries.push(entry({ name, value: valueText(opened, name) }))
  }
  return entries
}

function entry({ name, value }: Pick<DotenvEntry, 'name' | 'value'>): DotenvEntry {
  return { kind: 'entry', name, value }
}
