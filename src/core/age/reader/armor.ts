import { SealwardError } from '../../errors.ts'
import { decodeBase64 } from './base64.ts'

const BEGIN = '-----BEGIN AGE ENCRYPTED FILE-----'
const END = '-----END AGE ENCRYPTED FILE-----'
const COLUMNS = 64
const WHITESPACE = ' \t\r\n'
/** A data key for one recipient takes 0.5 KiB, or 2.4 KiB for a post-quantum one. */
const LIMIT = 64 * 1024

/**
 * Takes an age file out of its ASCII armor. c2sp.org/age, "ASCII armor": strict PEM (RFC 7468 figure 3), lines end in LF or
 * CRLF, white space may stand before and after. Every other spelling of the same bytes is refused, or a file could be altered
 * and still open.
 *
 * @throws SealwardError malformed, or limit past 64 KiB
 */
export function decodeArmor(armored: string): Uint8Array {
  if (armored.length > LIMIT) throw new SealwardError('limit', 'an age file of a data key is larger than 64 KiB')
  const lines = trim(armored)
    .split('\n')
    .map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
  if (lines.shift() !== BEGIN) throw broken('does not start with the armor of an age file')
  if (lines.pop() !== END) throw broken('does not end with the armor of an age file')
  if (!lines.every((line, index) => hasLineLength(line, index === lines.length - 1)))
    throw broken('has armor lines of the wrong length')
  const file = decodeBase64(lines.join(''), 'padded')
  if (file === null) throw broken('has armor that is not canonical base64')
  return file
}

function hasLineLength(line: string, last: boolean): boolean {
  return last ? line.length > 0 && line.length <= COLUMNS : line.length === COLUMNS
}

/** By hand, since /\s+$/ takes quadratic time on a run of spaces, and trim() takes more than the four characters. */
function trim(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && WHITESPACE.includes(text.charAt(start))) start++
  while (end > start && WHITESPACE.includes(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

function broken(how: string): SealwardError {
  return new SealwardError('malformed', `the age file ${how}`)
}
