import { Buffer } from 'node:buffer'

export type Padding = 'padded' | 'unpadded'

/**
 * Reads the one canonical spelling of a string of bytes: standard alphabet, no white space, padding as asked and its unused
 * bits zero (RFC 4648 section 3.5). Writing the result again and comparing proves all of that at once.
 *
 * @returns null for any other spelling
 */
export function decodeBase64(text: string, padding: Padding): Buffer | null {
  const bytes = Buffer.from(text, 'base64')
  const canonical = bytes.toString('base64')
  return text === (padding === 'padded' ? canonical : canonical.replace(/={1,2}$/, '')) ? bytes : null
}
