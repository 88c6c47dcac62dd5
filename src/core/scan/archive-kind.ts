/** How a file is packed: what can be opened here, and what is known to be packed and cannot. */
export type ArchiveKind = 'zip' | 'tar' | 'gzip' | 'bzip2' | 'xz' | 'zstd' | '7z' | 'rar'

const SIGNATURES: readonly (readonly [ArchiveKind, readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]], // one without entries
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['rar', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
]
/** What follows in every bzip2 file: three letters alone also begin texts. */
const BZIP2_BLOCK = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59]

const TAR_HEADER = 512
const [CHECKSUM, CHECKSUM_END] = [148, 156]
const SPACE = 0x20

/**
 * Tells by the first bytes, never by the name: jar, war, docx, xlsx, whl and nupkg are zip.
 *
 * @returns null for what is not packed
 */
export function archiveKind(bytes: Uint8Array): ArchiveKind | null {
  for (const [kind, signature] of SIGNATURES)
    if (startsWith(bytes, signature)) return kind === 'bzip2' && !startsWith(bytes, BZIP2_BLOCK, 4) ? null : kind
  return isTarHeader(bytes) ? 'tar' : null
}

function startsWith(bytes: Uint8Array, signature: readonly number[], from = 0): boolean {
  return signature.every((byte, index) => bytes[from + index] === byte)
}

/** The oldest tar files have no signature; all have a checksum of the header, in which the sum itself counts as spaces. */
function isTarHeader(bytes: Uint8Array): boolean {
  if (bytes.length < TAR_HEADER || bytes[0] === 0) return false
  const digits = String.fromCharCode(...bytes.subarray(CHECKSUM, CHECKSUM_END))
  const [, octal] = /^[ ]*([0-7]{1,7})[\0 ]+$/.exec(digits) ?? []
  if (octal === undefined) return false
  let sum = SPACE * (CHECKSUM_END - CHECKSUM)
  for (let at = 0; at < TAR_HEADER; at += 1) if (at < CHECKSUM || at >= CHECKSUM_END) sum += bytes[at]!
  return sum === Number.parseInt(octal, 8)
}
