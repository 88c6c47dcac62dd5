import { Buffer } from 'node:buffer'
import type { Proof } from '../token-rule.ts'

/** RFC 7519 and 7515: the first part is a JSON object with an `alg`, the second, where the token was read to its end, a JSON object. */
export function jwt(token: string): Proof {
  const [header, payload, signature] = token.slice(token.indexOf('eyJ')).split('.')
  const head = readObject(header!)
  if (head === null || typeof Reflect.get(head, 'alg') !== 'string') return 'fails'
  return signature === undefined || readObject(payload!) !== null ? 'holds' : 'fails'
}

function readObject(part: string): object | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
