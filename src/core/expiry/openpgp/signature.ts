import type { Buffer } from 'node:buffer'
import { fromSeconds } from '../dates.ts'
import { Octets } from './octets.ts'
import { newLength } from './packets.ts'

/** RFC 9580 section 5.2.1: the types of signatures that say something about a key. */
export const SIGNATURE = { binding: 0x18, direct: 0x1f, keyRevocation: 0x20, subkeyRevocation: 0x28 } as const

/** A signature packet, as far as the end of a key depends on it. Not checked. */
export interface Signature {
  readonly type: number
  readonly created: Date | null
  /** In seconds from the creation of the key; null or zero: it does not end. */
  readonly keyLife: number | null
  /** What the key is for, as bits. */
  readonly flags: number
  /** The ids of those who made it, as it says; two are of one key. */
  readonly issuers: readonly string[]
}

const SUBPACKET = { created: 2, keyLife: 9, issuer: 16, flags: 27, fingerprint: 33 } as const
/** Behind a length in its longest form, a subpacket has 255 as first octet, and 224 to 254 mean two. */
const NO_PARTS = 255

/**
 * RFC 9580 section 5.2.3. Dates and flags count only where the signature covers them.
 *
 * @returns null for a version that is none
 * @throws SealwardError malformed
 */
export function readSignature(body: Buffer): Signature | null {
  const octets = new Octets(body)
  const version = octets.number(1)
  if (version === 3) return readOldSignature(octets)
  if (version < 4 || version > 6) return null
  const type = octets.number(1)
  octets.take(2)
  const [covered, open] = [readArea(octets, version), readArea(octets, version)]
  const numberOf = (kind: number) =>
    covered.find((one) => one.kind === kind && one.body.length === 4)?.body.readUInt32BE()
  return {
    type,
    created: fromSeconds(numberOf(SUBPACKET.created)),
    keyLife: numberOf(SUBPACKET.keyLife) ?? null,
    flags: covered.find(({ kind }) => kind === SUBPACKET.flags)?.body[0] ?? 0,
    issuers: [...covered, ...open].flatMap(issuerOf),
  }
}

function readOldSignature(octets: Octets): Signature {
  octets.take(1)
  const type = octets.number(1)
  const created = fromSeconds(octets.number(4))
  return { type, created, keyLife: null, flags: 0, issuers: [octets.take(8).toString('hex')] }
}

interface Subpacket {
  readonly kind: number
  readonly body: Buffer
}

function readArea(octets: Octets, version: number): Subpacket[] {
  const area = new Octets(octets.take(octets.number(version === 6 ? 4 : 2)))
  const subpackets: Subpacket[] = []
  while (!area.done) {
    const content = new Octets(area.take(newLength(area, NO_PARTS)))
    // The highest bit says that a reader must know the kind.
    const kind = content.number(1) & 0x7f
    subpackets.push({ kind, body: content.rest() })
  }
  return subpackets
}

/** Section 5.2.3.35: a fingerprint begins with the version of its key, and version 4 has the id at its end. */
function issuerOf({ kind, body }: Subpacket): string[] {
  if (kind === SUBPACKET.issuer && body.length === 8) return [body.toString('hex')]
  if (kind !== SUBPACKET.fingerprint || body.length < 21) return []
  return [(body[0] === 4 ? body.subarray(-8) : body.subarray(1, 9)).toString('hex')]
}
