import type { Buffer } from 'node:buffer'
import { SealwardError } from '../../errors.ts'
import { Octets } from './octets.ts'

/** RFC 9580 section 5: the packets that a key is made of. */
export const TAG = { signature: 2, secretKey: 5, publicKey: 6, secretSubkey: 7, publicSubkey: 14 } as const

export interface Packet {
  readonly tag: number
  readonly body: Buffer
}

/**
 * Takes a stream of packets apart, RFC 9580 section 4.2: both formats of the header. Bodies in parts or of unknown length are for data,
 * not for keys (section 4.2.1.4), and refused.
 *
 * @throws SealwardError malformed
 */
export function readPackets(bytes: Buffer): readonly Packet[] {
  const octets = new Octets(bytes)
  const packets: Packet[] = []
  while (!octets.done) {
    const header = octets.number(1)
    if (header < 0x80) throw new SealwardError('malformed', 'an OpenPGP packet does not begin like one')
    const isNew = header >= 0xc0
    const length = isNew ? newLength(octets) : oldLength(octets, header & 0x03)
    packets.push({ tag: isNew ? header & 0x3f : (header >> 2) & 0x0f, body: octets.take(length) })
  }
  return packets
}

/** Section 4.2.1; subpackets of signatures have the same lengths but for parts (section 5.2.3.7). */
export function newLength(octets: Octets, partial = 224): number {
  const first = octets.number(1)
  if (first < 192) return first
  if (first < partial) return ((first - 192) << 8) + octets.number(1) + 192
  if (first === 255) return octets.number(4)
  throw new SealwardError('malformed', 'an OpenPGP packet is in parts')
}

function oldLength(octets: Octets, type: number): number {
  if (type === 3) throw new SealwardError('malformed', 'an OpenPGP packet does not say its length')
  return octets.number(1 << type)
}
