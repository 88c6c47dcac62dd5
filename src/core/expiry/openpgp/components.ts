import type { Life } from '../expiry.ts'
import { type KeyPacket, readKeyPacket } from './key-packet.ts'
import { type Packet, TAG } from './packets.ts'
import { readSignature, SIGNATURE, type Signature } from './signature.ts'

/** A primary key or a subkey, and its life as its newest self-signature has it. */
export interface Component extends Life {
  readonly subkey: boolean
  /** Which primary key of the block it is, or belongs to. */
  readonly primary: number
  /** What it is for, as bits. */
  readonly flags: number
}

interface Draft {
  readonly key: KeyPacket
  readonly subkey: boolean
  readonly primary: number
  /** The id of the primary key, whose signatures count. */
  readonly owner: string | null
  readonly signatures: Signature[]
}

/** Certifications of a user id, generic to positive. */
const CERTIFICATIONS: readonly number[] = [0x10, 0x11, 0x12, 0x13]

/**
 * Puts the packets of one or more keys together (RFC 9580 section 10.1). What others certified is left out: only a signature by the key
 * itself says when it ends. A key without one is nobody's.
 *
 * @throws SealwardError malformed
 */
export function componentsOf(packets: readonly Packet[]): readonly Component[] {
  const drafts: Draft[] = []
  let draft: Draft | null = null
  for (const packet of packets) {
    if (packet.tag === TAG.signature) addSignature(draft, packet)
    else if (isKey(packet)) {
      draft = begin(packet, drafts.at(-1))
      if (draft !== null) drafts.push(draft)
    }
  }
  return drafts.map(finish).filter((component) => component !== null)
}

function isKey({ tag }: Packet): boolean {
  return tag === TAG.publicKey || tag === TAG.secretKey || isSubkey(tag)
}

function isSubkey(tag: number): boolean {
  return tag === TAG.publicSubkey || tag === TAG.secretSubkey
}

function begin(packet: Packet, before: Draft | undefined): Draft | null {
  const subkey = isSubkey(packet.tag)
  const key = readKeyPacket(packet)
  if (key === null || (subkey && before === undefined)) return null
  const owner = subkey ? before!.owner : key.id
  const primary = (before?.primary ?? 0) + (subkey ? 0 : 1)
  return { key, subkey, primary, owner, signatures: [] }
}

function addSignature(draft: Draft | null, { body }: Packet): void {
  const signature = readSignature(body)
  if (draft === null || signature === null) return
  const { owner, signatures } = draft
  if (owner === null || signature.issuers.length === 0 || signature.issuers.includes(owner)) signatures.push(signature)
}

function finish({ key, subkey, primary, signatures }: Draft): Component | null {
  const binding = subkey ? newest(signatures, [SIGNATURE.binding]) : bindingOfPrimary(signatures)
  if (binding === null) return null
  const seconds = binding.keyLife ?? key.life ?? 0
  const ends = [
    ...(seconds === 0 ? [] : [key.created.getTime() + seconds * 1000]),
    ...signatures.filter(({ type }) => isRevocation(type, subkey)).map(({ created }) => timeOf(created)),
  ]
  return {
    ...{ subkey, primary, flags: binding.flags },
    // A key of ten years whose end is moved each year lives a year at a time.
    notBefore: binding.created ?? key.created,
    notAfter: ends.length === 0 ? null : new Date(Math.min(...ends)),
  }
}

function isRevocation(type: number, subkey: boolean): boolean {
  return type === (subkey ? SIGNATURE.subkeyRevocation : SIGNATURE.keyRevocation)
}

/**
 * A signature on the key itself comes first where it names an end, as it does in version 6 (RFC 9580 section 5.2.3.10) and in GnuPG;
 * one that only names a revoker does not.
 */
function bindingOfPrimary(signatures: readonly Signature[]): Signature | null {
  const direct = newest(signatures, [SIGNATURE.direct])
  const certification = newest(signatures, CERTIFICATIONS)
  return direct !== null && direct.keyLife !== null ? direct : (certification ?? direct)
}

/** Of two with one date the later packet, as GnuPG writes them. */
function newest(signatures: readonly Signature[], types: readonly number[]): Signature | null {
  return signatures
    .filter(({ type }) => types.includes(type))
    .reduce<Signature | null>(
      (best, one) => (best === null || timeOf(one.created) >= timeOf(best.created) ? one : best),
      null,
    )
}

function timeOf(date: Date | null): number {
  return date?.getTime() ?? 0
}
