import type { Detection } from '../../detection.ts'
import type { ScanText } from '../../engine/scan-text.ts'
import { isWordByte } from '../bytes.ts'
import { shapeOf } from '../value/shape.ts'

/** How far the members of one key stand apart: an RSA key of 4,096 bits with all its primes fits. */
const REACH = 4096

/** RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1: the private members. The primes repeat what `d` gives away. */
const MEMBER =
  /(?:["']|&quot;)?\b([dk])(?:\\?["']|&quot;)?\s{0,8}[:=]\s{0,8}(?:\\?["']|&quot;)([A-Za-z0-9_-]{20,1400})={0,2}(?:\\?["']|&)/d

/** Finds the private member of a JSON Web Key near its `kty`. */
export function readJwk(text: ScanText, hit: number): Detection | null {
  if (isWordByte(text.bytes[hit - 1]) || isWordByte(text.bytes[hit + 3])) return null
  const from = Math.max(0, hit - REACH)
  const before = text.slice(from, hit)
  const start = Math.max(0, before.lastIndexOf('{'))
  if (before.includes('kty', start)) return null // the first one of an object has read it: else a list of them would be read over and over
  const behind = text.slice(hit, hit + REACH)
  const end = behind.search(/[{}]/)
  const window = before.slice(start) + (end < 0 ? behind : behind.slice(0, end))
  const match = MEMBER.exec(window)
  const place = match?.indices?.[2]
  if (match === null || place === undefined || shapeOf(match[2]!).wordy > 0.5) return null
  const base = from + start
  return {
    rule: 'jwk-private',
    start: base + place[0],
    end: base + place[1],
    severity: 'critical',
    confidence: 'high',
    shown: 0,
    reasons: ['the private member of a JSON Web Key'],
  }
}
