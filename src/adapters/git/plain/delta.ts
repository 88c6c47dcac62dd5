import { OBJECT_BYTES } from '../objects/stored-object.ts'
import { type Budget, unusual } from './bounds.ts'

/** A number, and where what follows it begins. */
export interface Sized {
  readonly size: number
  readonly next: number
}

/** As many groups as a number has that JavaScript can hold. */
const MAX_GROUPS = 7
const WHOLE_COPY = 0x10000

/**
 * What a delta makes of its base: https://git-scm.com/docs/pack-format#_deltified_representation.
 *
 * @throws SealwardError git when it is for another base, reaches outside it, or does not fill exactly what it says
 */
export function applyDelta(base: Uint8Array, delta: Uint8Array, budget: Budget): Buffer {
  const from = readSize(delta, 0)
  const to = readSize(delta, from.next)
  if (from.size !== base.length || to.size > OBJECT_BYTES) throw broken()
  budget.spend(to.size)
  const result = Buffer.allocUnsafe(to.size)
  let filled = 0
  for (let at = to.next; at < delta.length; ) {
    const { part, next } = readInstruction(base, delta, at)
    if (filled + part.length > result.length) throw broken()
    result.set(part, filled)
    filled += part.length
    at = next
  }
  // What allocUnsafe gave is old memory until it is written.
  if (filled !== result.length) throw broken()
  return result
}

/** A number in groups of seven bits, the lowest first, each but the last with the high bit set. */
export function readSize(bytes: Uint8Array, start: number): Sized {
  let size = 0
  for (let group = 0; group < MAX_GROUPS; group += 1) {
    const byte = byteAt(bytes, start + group)
    size += (byte & 0x7f) * 2 ** (7 * group)
    if (byte < 0x80) return { size, next: start + group + 1 }
  }
  throw broken()
}

/** @throws SealwardError git past the end */
export function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at]
  if (byte === undefined) throw broken()
  return byte
}

/** The bytes that the instruction at a place adds: its own, or some of the base. */
function readInstruction(base: Uint8Array, delta: Uint8Array, at: number) {
  const code = byteAt(delta, at)
  if (code === 0) throw broken() // reserved
  if (code < 0x80) return slice(delta, at + 1, { length: code, next: at + 1 + code })
  let next = at + 1
  let offset = 0
  let length = 0
  for (let bit = 0; bit < 4; bit += 1) if (code & (1 << bit)) offset += byteAt(delta, next++) * 2 ** (8 * bit)
  for (let bit = 0; bit < 3; bit += 1) if (code & (0x10 << bit)) length += byteAt(delta, next++) * 2 ** (8 * bit)
  return slice(base, offset, { length: length || WHOLE_COPY, next })
}

function slice(bytes: Uint8Array, start: number, { length, next }: { readonly length: number; readonly next: number }) {
  if (start + length > bytes.length) throw broken()
  return { part: bytes.subarray(start, start + length), next }
}

function broken() {
  return unusual('a delta is not as git writes it')
}
