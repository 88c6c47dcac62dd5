import { randomBytes } from 'node:crypto'

/** A Fernet key as Python's `Fernet.generate_key()` spells it. */
export function newFernetKey(): string {
  return randomBytes(32).toString('base64').replaceAll('+', '-').replaceAll('/', '_')
}
