import { Buffer, isUtf8 } from 'node:buffer'
import { SealwardError } from '../errors.ts'
import { LIMITS } from './document.ts'

const LF = 0x0a
const UTF8_ONLY = 'save the file as UTF-8 text'

/**
 * Turns a file into text whose lines end in LF alone, by docs/dotenv.md section 2: no byte order mark, no CR, no NUL, no lone
 * surrogate. Everything behind it relies on that.
 *
 * @throws SealwardError limit, or dotenv-syntax with the line
 */
export function readText(source: Uint8Array | string): string {
  const decoded = typeof source === 'string' ? checkString(source) : decode(source)
  const text = decoded.startsWith('\uFEFF') ? decoded.slice(1) : decoded
  const nul = text.indexOf('\0')
  if (nul >= 0) throw badText('the file has a NUL, so it is no text', UTF8_ONLY, lineAt(text, nul))
  return dropCarriageReturns(text)
}

function checkString(source: string): string {
  checkSize(Buffer.byteLength(source))
  const surrogate = source.search(/\p{Surrogate}/u)
  if (surrogate >= 0) throw badText('the text has half a surrogate pair', UTF8_ONLY, lineAt(source, surrogate))
  return source
}

function decode(bytes: Uint8Array): string {
  checkSize(bytes.length)
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw badText('the file is UTF-16', `${UTF8_ONLY}; in Windows PowerShell, write it with -Encoding utf8`, 1)
  }
  if (!isUtf8(bytes)) throw badText('the file is not valid UTF-8', UTF8_ONLY, firstBadLine(bytes))
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}

function checkSize(size: number): void {
  if (size > LIMITS.fileBytes) throw new SealwardError('limit', `the file is larger than ${LIMITS.fileBytes} bytes`)
}

/** A LF byte is never part of a longer sequence, so lines can be judged one by one. */
function firstBadLine(bytes: Uint8Array): number {
  let start = 0
  for (let line = 1; ; line += 1) {
    const end = bytes.indexOf(LF, start)
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) return line
    start = end + 1
  }
}

function dropCarriageReturns(text: string): string {
  if (!text.includes('\r')) return text
  const lines = text.replaceAll('\r\n', '\n')
  const lone = lines.indexOf('\r')
  if (lone < 0) return lines
  const hint = 'end lines with LF or CR LF; a value that needs a carriage return is written "\\r" in double quotes'
  throw badText('a carriage return that no line feed follows', hint, lineAt(lines, lone))
}

function badText(message: string, hint: string, line: number): SealwardError {
  return new SealwardError('dotenv-syntax', message, { hint, line })
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}
