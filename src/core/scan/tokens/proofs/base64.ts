import { Buffer } from 'node:buffer'
import type { Proof } from '../token-rule.ts'

/** The part behind the prefix, up to an underscore where there is one, is base64 of a JSON object with all of these names. */
export function base64Json(prefix: string, names: readonly string[]): (token: string) => Proof {
  return (token) => {
    const [payload = ''] = token.slice(prefix.length).split('_', 1)
    try {
      const value: unknown = JSON.parse(Buffer.from(payload, 'base64').toString())
      return typeof value === 'object' && value !== null && names.every((name) => name in value) ? 'holds' : 'fails'
    } catch {
      return 'fails'
    }
  }
}

/** What stands behind the prefix is base64 of text that begins so. */
export function base64Text(prefix: string, start: RegExp): (token: string) => Proof {
  return (token) =>
    start.test(Buffer.from(token.slice(prefix.length), 'base64').toString('latin1')) ? 'holds' : 'fails'
}

/** Base64 in its one canonical spelling: the bits that only pad the last character are zero, as in every key that was encoded. `SharedAccessKey=` may stand before it. */
export function canonicalBase64(token: string): Proof {
  const value = token.replace(/^[A-Za-z]+Key=/, '')
  return Buffer.from(value, 'base64').toString('base64') === value ? 'holds' : 'fails'
}
