import type { Buffer } from 'node:buffer'
import { decodeBase64 } from '../../age/reader/base64.ts'
import { malformed } from './wire.ts'

const BEGIN = '-----BEGIN SSH SIGNATURE-----'
const END = '-----END SSH SIGNATURE-----'
/** ssh-keygen's own width. PROTOCOL.sshsig section 1 says 76, and other programs do that. */
const COLUMNS = 70
const MAX_COLUMNS = 76

/** The largest RSA key, its signature and a long path take 8 KiB. */
export const SIGNATURE_CHARACTERS = 32 * 1024

/**
 * Takes a signature out of its armor, PROTOCOL.sshsig section 1. Stricter than ssh-keygen, so that no byte of the file can
 * change without notice: nothing before or after, lines of one length but for the last, canonical base64. A checkout may have
 * turned every LF into CR LF.
 *
 * @throws SealwardError malformed
 */
export function decodeArmor(armored: string): Buffer {
  if (armored.length > SIGNATURE_CHARACTERS) throw malformed(`is longer than ${SIGNATURE_CHARACTERS} characters`)
  const lines = armored.split(armored.includes('\r') ? '\r\n' : '\n')
  if (lines.at(-1) === '') lines.pop()
  if (lines.shift() !== BEGIN) throw malformed('does not begin like an SSH signature')
  if (lines.pop() !== END) throw malformed('does not end like an SSH signature')
  if (!haveOneLength(lines)) throw malformed('has lines of the wrong length')
  const blob = decodeBase64(lines.join(''), 'padded')
  if (blob === null) throw malformed('is not canonical base64')
  return blob
}

/** As ssh-keygen writes it. */
export function encodeArmor(blob: Buffer): string {
  const lines = blob.toString('base64').match(new RegExp(`.{1,${COLUMNS}}`, 'g')) ?? []
  return `${[BEGIN, ...lines, END].join('\n')}\n`
}

function haveOneLength(lines: readonly string[]): boolean {
  const [first, last] = [lines[0]?.length ?? 0, lines.at(-1)?.length ?? 0]
  return (
    first > 0 &&
    first <= MAX_COLUMNS &&
    last > 0 &&
    last <= first &&
    lines.slice(0, -1).every((line) => line.length === first)
  )
}
