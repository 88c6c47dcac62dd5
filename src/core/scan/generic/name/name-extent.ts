import { DOT, GREATER, HYPHEN, isWordByte } from '../bytes.ts'

/** Longer runs of letters are not names: Base64 holds every short word somewhere. */
const MAX_NAME = 80

/** Where a name begins and ends. */
export interface Extent {
  readonly start: number
  readonly end: number
}

/** Where the name that holds a literal ends: behind letters, digits, `_`, and `-` and `.` inside. `null` when the run is no name. */
export function endOfName(bytes: Uint8Array, hit: number): number | null {
  let end = hit
  const highest = hit + MAX_NAME
  while (end < highest && (isWordByte(bytes[end]) || joins(bytes, end))) end += 1
  return end === highest ? null : end
}

/** Where it begins. `null` when the run is no name. */
export function startOfName(bytes: Uint8Array, hit: number): number | null {
  let start = hit
  const lowest = hit - MAX_NAME
  while (start > 0 && start > lowest && isNameByte(bytes, start - 1)) start -= 1
  return start === lowest ? null : start
}

function isNameByte(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at]
  return isWordByte(byte) || byte === HYPHEN || byte === DOT
}

/** `db-password`, `config.key.name`; not `key->value` and not `the key.` */
function joins(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at]
  return (
    (byte === HYPHEN && bytes[at + 1] !== GREATER && isWordByte(bytes[at + 1])) ||
    (byte === DOT && isWordByte(bytes[at + 1]))
  )
}
