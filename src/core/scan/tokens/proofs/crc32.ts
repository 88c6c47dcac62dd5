// node:zlib has crc32 from Node 20.15 on, but to load it takes ten times as long as this table, and the git hook pays for it.
let table: Uint32Array | null = null

/** CRC-32 (ISO 3309, as zlib and PNG have it) of a text of single-byte characters, as an unsigned number. */
export function crc32(text: string): number {
  table ??= Uint32Array.from({ length: 256 }, (_, byte) => sumOfByte(byte))
  let sum = 0xffffffff
  for (let index = 0; index < text.length; index += 1) {
    sum = (sum >>> 8) ^ table[(sum ^ text.charCodeAt(index)) & 255]!
  }
  return ~sum >>> 0
}

function sumOfByte(byte: number): number {
  let sum = byte
  for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0)
  return sum
}
