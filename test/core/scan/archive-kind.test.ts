import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { archiveKind } from '../../../src/core/scan/archive-kind.ts'

/** A header of 512 bytes with a checksum, as the oldest tar files have it: no signature. */
function tarHeader(name: string, off = 0): Buffer {
  const header = Buffer.alloc(512)
  header.write(name)
  header.fill(' ', 148, 156)
  const sum = header.reduce((all, byte) => all + byte, off)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

it.each([
  ['zip', Buffer.from('PK\x03\x04more')],
  ['zip', Buffer.from('PK\x05\x06more')],
  ['gzip', gzipSync('text')],
  ['bzip2', Buffer.from('BZh91AY&SYmore')],
  ['xz', Buffer.from('\xfd7zXZ\0more', 'latin1')],
  ['zstd', Buffer.from('(\xb5/\xfdmore', 'latin1')],
  ['7z', Buffer.from("7z\xbc\xaf'\x1cmore", 'latin1')],
  ['rar', Buffer.from('Rar!\x1a\x07more')],
  ['tar', tarHeader('a.txt')],
] as const)('%s is known by its first bytes', (kind, bytes) => {
  expect(archiveKind(bytes)).toBe(kind)
})

it.each([
  ['nothing', Buffer.of()],
  ['a text', Buffer.from('PK is a text')],
  ['a text that begins like bzip2', Buffer.from('BZh9 is a word')],
  ['a header with another checksum', tarHeader('a.txt', 1)],
  ['a header that is cut off', tarHeader('a.txt').subarray(0, 511)],
  ['the zeros that end a tar file', Buffer.alloc(512)],
])('%s is not packed', (_, bytes) => {
  expect(archiveKind(bytes)).toBeNull()
})
