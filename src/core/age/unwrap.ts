import { SealwardError } from '../errors.ts'
import { type Identity, keyOf } from './identity.ts'
import { decodeArmor } from './reader/armor.ts'
import { checkMac, parseHeader } from './reader/header.ts'
import { unwrapHybrid } from './reader/hybrid.ts'
import { openPayload } from './reader/payload.ts'
import { unwrapX25519 } from './reader/x25519.ts'

const DATA_KEY_BYTES = 32

/**
 * Opens a wrapped data key, or a share of one.
 *
 * @param length how many bytes it has: a share has one more than a data key
 * @returns them, or null when the file is not for this identity
 * @throws SealwardError malformed for anything broken, limit past 64 KiB
 */
export async function unwrapDataKey(
  armored: string,
  identity: Identity,
  length: number = DATA_KEY_BYTES,
): Promise<Uint8Array | null> {
  const dataKey = await openAgeFile(decodeArmor(armored), identity)
  if (dataKey === null || dataKey.length === length) return dataKey
  throw new SealwardError('malformed', `the age file holds something else than a data key of ${length} bytes`)
}

/**
 * Opens a small age file, for one identity. c2sp.org/age; the X25519 path is on node:crypto alone.
 *
 * @returns the payload, or null when the file is not for this identity
 * @throws SealwardError malformed, or limit when the payload has more than one chunk of 64 KiB
 */
export async function openAgeFile(file: Uint8Array, identity: Identity): Promise<Uint8Array | null> {
  const header = parseHeader(file)
  const fileKey =
    identity.kind === 'x25519'
      ? unwrapX25519(header.stanzas, keyOf(identity))
      : await unwrapHybrid(header, identity.secret)
  if (fileKey === null) return null
  checkMac(header, fileKey)
  return openPayload(header.payload, fileKey)
}
