import { entriesOf } from '../../dotenv/document.ts'
import { parseDotenv } from '../../dotenv/parse.ts'
import { isEncryptedFile } from '../../envelope/file.ts'
import { SealwardError } from '../../errors.ts'
import { fingerprintOf } from '../fingerprint.ts'
import type { Blob, Hit, ScanRule } from '../rule.ts'
import { lineAt } from '../visible-text.ts'
import { type DotenvKind, dotenvKind } from './dotenv-name.ts'
import { literalAssignments } from './envrc.ts'
import { isPlaceholder } from './placeholder.ts'

/**
 * A file named like a `.env`, with values in plain text. Whether it is encrypted is judged by its content, never by its name, so a
 * plaintext `.env.encrypted` is found too. A file that cannot be read as a `.env` counts as plain text: nobody has shown that it is not.
 */
export const plaintextDotenv: ScanRule = {
  finds: { 'plaintext-dotenv': 'a file named .env, .env.*, *.env or .envrc that holds values in plain text' },
  async judge(blob) {
    const kind = dotenvKind(blob.path)
    if (kind === null || blob.link || isEncryptedFile(blob.bytes)) return []
    const plain = kind === 'envrc' ? readEnvrc(blob.text) : readDotenv(blob.text)
    if (plain === null || (await isSignatureFile(blob))) return []
    return [await hit(blob, kind, plain)]
  },
}

/** `.env.encrypted.sig` is named like a .env. Loaded only where something would be refused. */
async function isSignatureFile({ path, text }: Blob): Promise<boolean> {
  if (!path.endsWith('.sig')) return false
  const { isSignature } = await import('../../signature/ssh/sshsig.ts')
  return isSignature(text)
}

/** What is plain: a message that quotes nothing, and the first line it is true of. */
interface Plain {
  readonly message: string
  readonly line: number | undefined
}

function readDotenv(text: string): Plain | null {
  try {
    const plain = entriesOf(parseDotenv(text, { anyName: true })).filter(({ value }) => !isPlaceholder(value))
    return plain[0] === undefined ? null : { message: count(plain.length), line: lineOfName(text, plain[0].name) }
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    return { message: `is named like a .env and cannot be read as one: ${error.message}`, line: error.line }
  }
}

function readEnvrc(text: string): Plain | null {
  const plain = literalAssignments(text).filter(({ value }) => !isPlaceholder(value))
  return plain[0] === undefined ? null : { message: count(plain.length), line: plain[0].line }
}

function count(values: number): string {
  return values === 1 ? 'one value in plain text' : `${values} values in plain text`
}

/** The parser keeps what lines mean, not where they stood. */
function lineOfName(text: string, name: string): number | undefined {
  const pattern = name.replace(/[^\w]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
  const start = new RegExp(`^[ \\t]*(?:export[ \\t]+)?${pattern}[ \\t]*=`, 'm').exec(text)
  return start === null ? undefined : lineAt(text, start.index)
}

async function hit({ path, typed, staged, text }: Blob, kind: DotenvKind, { message, line }: Plain): Promise<Hit> {
  const where = line === undefined ? {} : { line }
  return {
    finding: { rule: 'plaintext-dotenv', file: path, ...where, message, fix: fix(kind, staged, typed) },
    fingerprint: await fingerprintOf('plaintext-dotenv', text),
  }
}

/** A shell script cannot be encrypted as a `.env`; its values can move to one. */
function fix(kind: DotenvKind, staged: boolean, typed: string): string {
  if (kind === 'dotenv') return `sealward protect ${typed}`.trimEnd()
  return staged ? `git reset -q -- ${typed}`.trimEnd() : 'Move its values to a .env, and protect that.'
}
