import { createHash } from 'node:crypto'
import { decodeBase64 } from '../../age/reader/base64.ts'
import { SealwardError } from '../../errors.ts'
import { decodeArmor, encodeArmor } from '../../signature/ssh/armor.ts'
import { parseSshsig } from '../../signature/ssh/sshsig.ts'
import type { Extent } from './sweep.ts'

/**
 * A checkpoint after C2SP tlog-checkpoint: three lines of text, and a signature over them as a signed note of C2SP has it. The signature is
 * one of SSH: a type of signature that C2SP has no number for, so 0xff and a name of its own.
 */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  /** In hexadecimal. */
  readonly root: string
  /** What is signed. */
  readonly text: string
  /** As a file of its own would have it. */
  readonly armored: string
}

export const CHECKPOINT_FOLDER = '.sealward/checkpoints'
export const NOTE_BYTES = 64 * 1024
/** Keeps a signature for a file from being taken for one of a checkpoint, and the other way round. */
export const CHECKPOINT_NAMESPACE = 'sealward-ledger@v1'

const SIGNATURE_TYPE = Buffer.concat([Buffer.of(0xff), Buffer.from('sealward sshsig')])
const ID_BYTES = 4
const NOTE = /^((\S[^\n]*)\n(0|[1-9][0-9]{0,14})\n([A-Za-z0-9+/]{43}=)\n)\n\u2014 (\S+) ([A-Za-z0-9+/=]+)\n$/

/** The name of a ledger: after its first entry, so that the checkpoint of another one is not taken for one of this. */
export function originOf({ first }: Pick<Extent, 'first'>): string {
  return `sealward-ledger/${first.slice(0, 16)}`
}

/** The file of the checkpoint of everything up to an entry. Each has one of its own, so that no merge ever has to join two. */
export function checkpointPath(head: string): string {
  return `${CHECKPOINT_FOLDER}/${head}.note`
}

/** @returns null for a path that is none of a checkpoint */
export function headOfCheckpoint(path: string): string | null {
  return /(?:^|\/)([0-9a-f]{64})\.note$/.exec(path)?.[1] ?? null
}

/** What is to be signed of an extent. */
export function checkpointText(extent: Extent): string {
  return `${originOf(extent)}\n${extent.size}\n${Buffer.from(extent.root, 'hex').toString('base64')}\n`
}

/** @param armored a signature over `text` for `CHECKPOINT_NAMESPACE` */
export function printCheckpoint(text: string, armored: string): string {
  const signature = decodeArmor(armored)
  const [origin = ''] = text.split('\n', 1)
  const body = Buffer.concat([keyId(origin, parseSshsig(signature).publicKey), signature]).toString('base64')
  return `${text}\n\u2014 ${origin} ${body}\n`
}

/**
 * Reads the one form that `printCheckpoint` writes. That the signature is right, and whose it is, has still to be asked.
 *
 * @throws SealwardError malformed, in words that follow "the checkpoint ..."
 */
export function readCheckpoint(note: string): Checkpoint {
  const [, text, origin, size, root, name, body] = NOTE.exec(note) ?? []
  if (text === undefined || origin === undefined || name !== origin) throw malformed()
  const bytes = decodeBase64(body!, 'padded')
  const rootBytes = decodeBase64(root!, 'padded')
  if (bytes === null || rootBytes === null || bytes.length <= ID_BYTES) throw malformed()
  const signature = Buffer.from(bytes.subarray(ID_BYTES))
  if (!keyId(origin, parseSshsig(signature).publicKey).equals(bytes.subarray(0, ID_BYTES))) throw malformed()
  return {
    origin,
    size: Number(size),
    root: Buffer.from(rootBytes).toString('hex'),
    text,
    armored: encodeArmor(signature),
  }
}

/** C2SP signed-note, "Signatures": which of the keys by that name it is. It tells keys apart and proves nothing. */
function keyId(name: string, publicKey: Uint8Array): Buffer {
  const hash = createHash('sha256').update(`${name}\n`).update(SIGNATURE_TYPE).update(publicKey)
  return hash.digest().subarray(0, ID_BYTES)
}

function malformed(): SealwardError {
  return new SealwardError('malformed', 'is not a signed note as Sealward writes it')
}
