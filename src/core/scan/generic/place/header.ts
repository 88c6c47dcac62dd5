import type { Detection } from '../../detection.ts'
import type { ScanText } from '../../engine/scan-text.ts'
import { isBlank, isWordByte, skipBlanks } from '../bytes.ts'
import type { FileTraits } from '../file-traits.ts'
import { isMadeUpPlace } from '../score.ts'
import { passwordOf } from '../value/basic-credentials.ts'
import { shapeOf } from '../value/shape.ts'
import { sequenceShare, standInReason } from '../value/stand-in.ts'

const MAX_CREDENTIALS = 2048

/** Finds what follows `Basic ` and `Bearer ` in a header, wherever the header is written (RFC 7617, RFC 6750). */
export function readScheme(text: ScanText, hit: number, traits: FileTraits): Detection | null {
  const { bytes } = text
  if (isWordByte(bytes[hit - 1])) return null
  const basic = (bytes[hit + 1]! | 0x20) === 0x61
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
  if (standInReason(password, [user.toLowerCase(), 'aladdin', 'open', 'sesame']) !== null && !/\d/.test(password))
    return null
  const doubtful = isMadeUpPlace(traits) || /^(?:user|username|test|foo|aladdin)$/i.test(user)
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

function judgeBearer(text: ScanText, start: number, end: number, traits: FileTraits): Detection | null {
  const token = text.slice(start, end).replace(/[.~]+$/, '')
  const shape = shapeOf(token)
  if (token.length < 16 || shape.digits === 0 || shape.wordy > 0.5 || shape.entropy < 2.7 || sequenceShare(token) > 0.5)
    return null
  if (standInReason(token, []) !== null) return null
  return {
    rule: 'bearer-token',
    start,
    end: start + token.length,
    severity: 'high',
    confidence: isMadeUpPlace(traits) ? 'low' : token.length >= 20 ? 'high' : 'medium',
    shown: 0,
    reasons: ['a random value after Bearer'],
  }
}
