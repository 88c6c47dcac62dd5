import { crc32, deflateRawSync } from 'node:zlib'

/** A file for a zip, with the ways in which one can be wrong. */
export interface ZipFile {
  readonly name: string
  readonly content: Uint8Array | string
  /** Not packed. */
  readonly stored?: boolean
  readonly encrypted?: boolean
  readonly method?: number
  /** The mode of Unix, with the type. */
  readonly mode?: number
  /** What the directory says of its unpacked size. */
  readonly size?: number
  /** Where the directory says that it is. */
  readonly offset?: number
  /** Sizes and place are in an extra field of 64 bits. */
  readonly zip64?: boolean
}

const UTF8 = 0x800
const FULL = 0xffffffff

/** Writes a zip after APPNOTE.TXT 4.3, byte by byte, so that it can be wrong where a test wants it. */
export function makeZip(files: readonly ZipFile[]): Buffer {
  const [locals, directory]: [Buffer[], Buffer[]] = [[], []]
  let at = 0
  for (const file of files) {
    const content = Buffer.from(file.content)
    const data = file.stored === true ? content : deflateRawSync(content)
    const local = Buffer.concat([headerOf(file, content, data, null), data])
    directory.push(headerOf(file, content, data, file.offset ?? at))
    locals.push(local)
    at += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, central, end])
}

/** A local header, or with an offset an entry of the directory. */
function headerOf(file: ZipFile, content: Buffer, data: Buffer, offset: number | null): Buffer {
  const { name, stored, encrypted, method, mode = 0o100644, size = content.length, zip64 = false } = file
  const fixed = Buffer.alloc(26)
  fixed.writeUInt16LE(20, 0)
  fixed.writeUInt16LE(UTF8 | (encrypted === true ? 1 : 0), 2)
  fixed.writeUInt16LE(method ?? (stored === true ? 0 : 8), 4)
  fixed.writeUInt32LE(crc32(content), 10)
  fixed.writeUInt32LE(zip64 ? FULL : data.length, 14)
  fixed.writeUInt32LE(zip64 ? FULL : size, 18)
  fixed.writeUInt16LE(Buffer.byteLength(name), 22)
  const extra = zip64 ? wide([size, data.length, ...(offset === null ? [] : [offset])]) : Buffer.alloc(0)
  fixed.writeUInt16LE(extra.length, 24)
  if (offset === null) return Buffer.concat([Buffer.from('PK\x03\x04'), fixed, Buffer.from(name), extra])
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE((mode << 16) >>> 0, 6)
  rest.writeUInt32LE(zip64 ? FULL : offset, 10)
  return Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), fixed, rest, Buffer.from(name), extra])
}

/** The extra field of zip64 (4.5.3). */
function wide(numbers: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + numbers.length * 8)
  field.writeUInt16LE(1, 0)
  field.writeUInt16LE(numbers.length * 8, 2)
  for (const [index, number] of numbers.entries()) field.writeBigUInt64LE(BigInt(number), 4 + index * 8)
  return field
}
