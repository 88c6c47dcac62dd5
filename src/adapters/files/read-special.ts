import { type FileHandle, open } from 'node:fs/promises'
import { SealwardError } from '../../core/errors.ts'

/** Reads a pipe or a device to its end, at most `maxBytes`, without holding up what else the process does. */
export async function readSpecial(path: string, maxBytes: number): Promise<Uint8Array> {
  const handle = await open(path, 'r')
  try {
    return await readBounded(handle, maxBytes)
  } finally {
    await handle.close()
  }
}

async function readBounded(handle: FileHandle, maxBytes: number): Promise<Uint8Array> {
  let buffer = Buffer.allocUnsafe(Math.min(maxBytes, 4096) + 1)
  let length = 0
  for (;;) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null)
    if (bytesRead === 0) return buffer.subarray(0, length)
    length += bytesRead
    if (length > maxBytes) throw new SealwardError('limit', `larger than ${maxBytes} bytes`)
    if (length === buffer.length) buffer = Buffer.concat([buffer], Math.min(buffer.length * 2, maxBytes + 1))
  }
}
