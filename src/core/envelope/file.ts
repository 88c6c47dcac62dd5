import { SealwardError } from '../errors.ts'
import { joinLines, type LineOptions, type Lines, splitLines } from './text/lines.ts'
import { type Metadata, readMetadata } from './text/metadata.ts'

/** An encrypted file, read and whole, its values still sealed. */
export interface EncryptedFile {
  readonly lines: Lines
  readonly metadata: Metadata
}

const METADATA_LINE = /(?:^|\n)sops_(?:mac|version|lastmodified)=/

/** Judges by content, never by name. A damaged file counts as encrypted: reading it says what is wrong. */
export function isEncryptedFile(bytes: Uint8Array): boolean {
  return METADATA_LINE.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'))
}

/**
 * @throws SealwardError malformed, duplicate, name-invalid, limit or unsupported
 */
export function parseEncryptedFile(bytes: Uint8Array, options: LineOptions = {}): EncryptedFile {
  if (!isEncryptedFile(bytes))
    throw new SealwardError('malformed', 'this is not an encrypted file: it has no sops metadata', {
      hint: '`sealward encrypt FILE` makes one of a .env',
    })
  const lines = splitLines(bytes, options)
  return { lines, metadata: readMetadata(lines.metadata) }
}

export function printEncryptedFile(file: EncryptedFile): Uint8Array {
  return joinLines(file.lines)
}
