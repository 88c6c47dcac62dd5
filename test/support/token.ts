import { randomBytes } from 'node:crypto'

/** A token in the form of a provider, made up now. Its checksum is wrong, which counts as a mistype and not as none. */
export function madeToken(): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  return `ghp_${Array.from(randomBytes(36), (byte) => letters[byte % letters.length]).join('')}`
}
