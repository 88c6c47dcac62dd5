import type { Detection } from '../../detection.ts'
import type { ScanText } from '../../engine/scan-text.ts'
import { isBlank, isWordByte, skipBlanks } from '../bytes.ts'
import type { FileTraits } from '../file-traits.ts'
import { placeholderReason, sequenceShare } from '../value/placeholder.ts'
import { shapeOf } from '../value/shape.ts'

const MAX_CREDENTIALS = 2048

/** Finds what follows `Basic ` and `Bearer ` in a header, wherever the header is written (RFC 7617, RFC 6750). */
export function readScheme(text: ScanText, hit: number, traits: FileTraits): Detection | null {
  const { bytes } = text
  if (isWordByte(bytes[hit - 1])) return null
  const basic = ((bytes[hit + 1] ?? 0) | 0x20) === 0x61
  const start = skipBlanks(bytes, hit + (basic ? 5 : 6))
  let end = start
  while (end < start + MAX_CREDENTIALS && isCredentialByte(bytes[end])) end += 1
  if (end - start < 6 || end - start === MAX_CREDENTIALS || isBlank(bytes[start])) return null
  return basic ? judgeBasic(text, start, end, traits) : judgeBearer(text, start, end, traits)
}

/** Base64, Base64url and the other characters of a bearer token. */
function isCredentialByte(byte: number | undefined): boolean {
  return (
    isWordByte(byte) ||
    byte === 0x2b ||
    byte === 0x2f ||
    byte === 0x3d ||
    byte === 0x2d ||
    byte === 0x2e ||
    byte === 0x7e
  )
}

function judgeBasic(text: ScanText, start: number, end: number, traits: FileTraits): Detection | null {
  const credentials = passwordOf(text.slice(start, end))
  if (credentials === null) return null
  const { user, password } = credentials
  if (placeholderReason(password, [user.toLowerCase(), 'aladdin', 'open', 'sesame']) !== null && !/\d/.test(password))
    return null
  const doubtful =
    traits.test || traits.example || traits.syntax === 'docs' || /^(?:user|username|test|foo|aladdin)$/i.test(user)
  return {
    rule: 'basic-auth',
    start,
    end,
    severity: 'high',
    confidence: doubtful ? 'low' : 'high',
    shown: 0,
    reasons: ['decodes to a user and a password'],
  }
}

/** What a Base64 text of `user:password` says, or `null` when it is not one. */
export function passwordOf(encoded: string): { readonly user: string; readonly password: string } | null {
  if (!/^[A-Za-z0-9+/_-]{6,1024}={0,2}$/.test(encoded) || encoded.replace(/=+$/, '').length % 4 === 1) return null
  const plain = Buffer.from(encoded, 'base64').toString('latin1')
  const parts = /^([\x21-\x39\x3b-\x7e]{0,200}):([\x20-\x7e]{3,400})$/.exec(plain)
  if (
    parts === null ||
    Buffer.from(plain, 'latin1').toString('base64').replace(/=+$/, '') !==
      encoded.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/')
  )
    return null
  return { user: parts[1] ?? '', password: parts[2] ?? '' }
}

function judgeBearer(text: ScanText, start: number, end: number, traits: FileTraits): Detection | null {
  const token = text.slice(start, end).replace(/[.~]+$/, '')
  const shape = shapeOf(token)
  if (token.length < 16 || shape.digits === 0 || shape.wordy > 0.5 || shape.entropy < 2.7 || sequenceShare(token) > 0.5)
    return null
  if (placeholderReason(token, []) !== null) return null
  const doubtful = traits.test || traits.example || traits.syntax === 'docs'
  return {
    rule: 'bearer-token',
    start,
    end: start + token.length,
    severity: 'high',
    confidence: doubtful ? 'low' : 'medium',
    shown: 0,
    reasons: ['a random value after Bearer'],
  }
}
