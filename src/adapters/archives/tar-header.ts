/** One header of a tar, as POSIX ustar and GNU write it. */
export interface TarHeader {
  readonly name: string
  readonly size: number
  /** The type flag: '0' or NUL for a file. */
  readonly type: string
  readonly linkName: string
}

export const BLOCK = 512
const BASE_256 = 0x80
/** Of the length of a record. */
const MAX_DIGITS = 10

/** @returns null for a block that is no header: its checksum is wrong, or its size is no number that a file can have */
export function readTarHeader(block: Buffer): TarHeader | null {
  const sum = readNumber(block.subarray(148, 156))
  if (block.length < BLOCK || sum !== checksumOf(block)) return null
  const size = readNumber(block.subarray(124, 136))
  if (size === null) return null
  const isPosix = block.toString('latin1', 257, 263) === 'ustar\0'
  const prefix = isPosix ? text(block.subarray(345, 500)) : ''
  const name = text(block.subarray(0, 100))
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size,
    type: String.fromCharCode(block[156]!),
    linkName: text(block.subarray(157, 257)),
  }
}

/** What of a pax header names a file: each record is `<length> <key>=<value>` and LF, in which the length counts itself. */
export function readPax(records: Buffer): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (let at = 0; at < records.length; ) {
    const space = records.indexOf(' ', at)
    if (space < 0) break
    const length = Number(records.toString('latin1', at, Math.min(space, at + MAX_DIGITS)))
    if (!Number.isInteger(length) || length <= space - at) break
    const record = records.toString('utf8', space + 1, at + length - 1)
    const equals = record.indexOf('=')
    if (equals > 0) found.set(record.slice(0, equals), record.slice(equals + 1))
    at += length
  }
  return found
}

/** Up to the first NUL. */
export function text(field: Buffer): string {
  const end = field.indexOf(0)
  return field.toString('utf8', 0, end < 0 ? field.length : end)
}

/** Octal, or for what octal has no room for, as GNU writes it: eight bits to a byte, with the first bit set. */
function readNumber(field: Buffer): number | null {
  if (field[0] === BASE_256) {
    const value = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0)
    return Number.isSafeInteger(value) ? value : null
  }
  const [, digits] = /^ *([0-7]*)[\0 ]*$/.exec(field.toString('latin1')) ?? []
  return digits === undefined ? null : Number.parseInt(digits || '0', 8)
}

/** The sum's own eight bytes count as spaces. */
function checksumOf(block: Buffer): number {
  let sum = 8 * 0x20
  for (const [at, byte] of block.subarray(0, BLOCK).entries()) if (at < 148 || at >= 156) sum += byte
  return sum
}
