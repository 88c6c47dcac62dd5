import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { fromSeconds } from '../dates.ts'
import { Octets } from './octets.ts'
import { type Packet, TAG } from './packets.ts'

/** A primary key or a subkey, as far as its end depends on it. */
export interface KeyPacket {
  readonly created: Date
  /** In seconds from its creation; null where its signatures say. Only keys of version 3 have it in themselves. */
  readonly life: number | null
  /** 16 hexadecimal digits, as signatures name it; null where it cannot be told. */
  readonly id: string | null
}

const VERSIONS = [2, 3, 4, 5, 6]
const DAY_SECONDS = 24 * 60 * 60

/** The parts of the public half of a key, by algorithm (RFC 9580 section 5.5.5): `m` a number, `o` octets with their count in front, or a count. */
const PUBLIC_PARTS: Readonly<Record<number, readonly ('m' | 'o' | number)[]>> = {
  1: ['m', 'm'],
  2: ['m', 'm'],
  3: ['m', 'm'],
  16: ['m', 'm', 'm'],
  17: ['m', 'm', 'm', 'm'],
  18: ['o', 'm', 'o'],
  19: ['o', 'm'],
  22: ['o', 'm'],
  25: [32],
  26: [56],
  27: [32],
  28: [57],
}

/**
 * RFC 9580 section 5.5.2, and version 5 of what LibrePGP made of its draft.
 *
 * @returns null for a version that is none
 * @throws SealwardError malformed
 */
export function readKeyPacket({ tag, body }: Packet): KeyPacket | null {
  const octets = new Octets(body)
  const version = octets.number(1)
  const created = fromSeconds(octets.number(4))
  if (!VERSIONS.includes(version) || created === null) return null
  if (version < 4) {
    const days = octets.number(2)
    return { created, life: days === 0 ? null : days * DAY_SECONDS, id: null }
  }
  const isPublic = tag === TAG.publicKey || tag === TAG.publicSubkey
  const half = isPublic ? body : publicHalf(body, octets, version)
  return { created, life: null, id: half === null ? null : idOf(half, version) }
}

/** What a secret key begins with. Null for an algorithm that is not known here. */
function publicHalf(body: Buffer, octets: Octets, version: number): Buffer | null {
  const algorithm = octets.number(1)
  if (version > 4) octets.take(octets.number(4))
  else {
    const parts = PUBLIC_PARTS[algorithm]
    if (parts === undefined) return null
    for (const part of parts) octets.take(lengthOf(part, octets))
  }
  return body.subarray(0, octets.at)
}

function lengthOf(part: 'm' | 'o' | number, octets: Octets): number {
  if (part === 'm') return Math.ceil(octets.number(2) / 8)
  return part === 'o' ? octets.number(1) : part
}

/** Section 5.5.4. SHA-1 is what a fingerprint of version 4 is; nothing is trusted for it here. */
function idOf(half: Buffer, version: number): string {
  if (version === 4)
    return createHash('sha1')
      .update(frame(0x99, 2, half.length))
      .update(half)
      .digest('hex')
      .slice(-16)
  const first = version === 5 ? 0x9a : 0x9b
  return createHash('sha256')
    .update(frame(first, 4, half.length))
    .update(half)
    .digest('hex')
    .slice(0, 16)
}

function frame(first: number, octets: number, length: number): Buffer {
  const bytes = Buffer.alloc(1 + octets)
  bytes.writeUInt8(first)
  // The two octets of version 4 count no key that is longer.
  bytes.writeUIntBE(octets === 2 ? length & 0xffff : length, 1, octets)
  return bytes
}
