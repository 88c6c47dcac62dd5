import type { Proof } from '../token-rule.ts'
import { crc32 } from './crc32.ts'

const ROUTABLE = /\.[0-9a-z]{9}$/
const SUM_LENGTH = 7

/**
 * GitLab's routable tokens end in a point, two characters for the length of the payload, and the CRC-32 of everything before it
 * in base 36. The shorter, older tokens carry no sum and say nothing.
 */
export function gitlabRoutable(token: string): Proof {
  if (!ROUTABLE.test(token)) return 'none'
  const sum = crc32(token.slice(0, -SUM_LENGTH)).toString(36).padStart(SUM_LENGTH, '0')
  return token.endsWith(sum) ? 'holds' : 'fails'
}
