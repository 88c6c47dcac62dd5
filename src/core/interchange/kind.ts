import { isEncryptedFile } from '../envelope/file.ts'
import { isDotenvx } from './dotenvx/file.ts'
import { fernetFormOf } from './fernet/file.ts'
import { treeFormOf } from './sops/file.ts'

/** What a file is in the eyes of somebody who moves to Sealward. `sealed`: it is there already. */
export type ForeignKind = 'sealed' | 'sops' | 'dotenvx' | 'fernet' | 'plaintext'

/**
 * Judges a file by its content.
 *
 * @param named whether its name is that of a .env: only there is text without a mark of another tool plaintext to encrypt
 * @returns null for what is none of a .env's business
 */
export function kindOf(bytes: Uint8Array, named: boolean): ForeignKind | null {
  if (isEncryptedFile(bytes)) return 'sealed'
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  if (treeFormOf(text) !== null) return 'sops'
  if (fernetFormOf(text) !== null) return 'fernet'
  if (!named) return null
  return isDotenvx(text) ? 'dotenvx' : 'plaintext'
}

/** Where the encrypted file for a source goes: beside it, and always with a name that the hook and `check` know. */
export function outputFor(path: string, kind: ForeignKind): string {
  if (kind === 'fernet' && path.endsWith('.env.encrypted')) return path
  const stem =
    kind === 'plaintext' || kind === 'dotenvx'
      ? path
      : path.replace(/\.(?:ya?ml|json|ini)$/, '').replace(/\.(?:enc|encrypted|sops|fernet)$/, '')
  return DOTENV_NAME.test(stem) ? `${stem}.encrypted` : `${stem}.env.encrypted`
}

/** `.env`, `.env.production`, `production.env`. */
const DOTENV_NAME = /\.env(?:\.[^/\\]*)?$/
