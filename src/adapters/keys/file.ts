import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import type { KeyText } from '../../tasks/world.ts'

/** The text, or the error code of the operating system: what is missing is an error in one place and usual in another. */
export type KeyFile = KeyText | { readonly error: string }

const LIMIT = 1024 * 1024
const BINARY = Buffer.from('age-encryption.org/')

/** Reads a key file, at most 1 MiB of it, with a warning when others than its owner may read it. */
export async function readKeyFile(path: string, platform: NodeJS.Platform): Promise<KeyFile> {
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats === undefined) return { error: 'ENOENT' }
    const content = stats.isFile() ? readRegular(path) : await readSpecial(path)
    if (content === null) return { error: 'EFBIG' }
    const exposed = platform !== 'win32' && stats.isFile() && (stats.mode & 0o077) !== 0
    return { text: decode(content), ...(exposed && { warning: 'others than its owner may read it: chmod 600' }) }
  } catch (error) {
    return { error: String((error as NodeJS.ErrnoException).code) }
  }
}

/** By calls that wait: a start of Node has them at hand. */
function readRegular(path: string): Buffer | null {
  const handle = openSync(path, 'r')
  try {
    const { size } = fstatSync(handle)
    // What says that it is empty may be a file of /proc.
    const content = Buffer.alloc((size === 0 ? LIMIT : Math.min(LIMIT, size)) + 1)
    let length = 0
    for (;;) {
      const bytesRead = readSync(handle, content, length, content.length - length, null)
      length += bytesRead
      if (length === content.length) return null
      if (bytesRead === 0) return content.subarray(0, length)
    }
  } finally {
    closeSync(handle)
  }
}

/** A pipe may keep one waiting. */
async function readSpecial(path: string): Promise<Buffer | null> {
  const { open } = await import('node:fs/promises')
  const handle = await open(path, 'r')
  try {
    return await readBounded(handle)
  } finally {
    await handle.close()
  }
}

/** Reads identities from standard input, at most 1 MiB. */
export async function readStdin(input: AsyncIterable<Buffer | string>): Promise<KeyFile> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of input) {
    chunks.push(Buffer.from(chunk))
    length += chunk.length
    if (length > LIMIT) return { error: 'EFBIG' }
  }
  return { text: decode(Buffer.concat(chunks)) }
}

/** In a loop, since a pipe gives what it has; and by hand, since Node's streams take 2 ms to load. */
async function readBounded(handle: FileHandle): Promise<Buffer | null> {
  const content = Buffer.alloc(LIMIT + 1)
  let length = 0
  for (;;) {
    const { bytesRead } = await handle.read(content, length, content.length - length)
    if (bytesRead === 0) return length > LIMIT ? null : content.subarray(0, length)
    length += bytesRead
  }
}

/** Windows PowerShell writes the output of `keygen > file` as UTF-16. A binary age file stays what it is, a character a byte. */
function decode(content: Buffer): string {
  if (content.subarray(0, BINARY.length).equals(BINARY)) return content.toString('latin1')
  return content.toString(content[0] === 0xff && content[1] === 0xfe ? 'utf16le' : 'utf8')
}
