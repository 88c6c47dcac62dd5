import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { SealwardError } from '../../core/errors.ts'
import { systemError } from './system-error.ts'

/**
 * Reads at most `maxBytes`. Regular files are read by calls that wait: a start of Node has them at hand, and loading the others costs as
 * much as opening an encrypted file. What is no regular file may make one wait, and is read in the other way.
 *
 * @param how the flags of open(2)
 */
export async function read(path: string, maxBytes: number, how: number): Promise<Uint8Array | null> {
  try {
    const status = statSync(path, { throwIfNoEntry: false })
    if (status === undefined) return null
    if (status.isFile()) return readRegular(path, maxBytes, how)
    if (how !== constants.O_RDONLY && !status.isDirectory())
      throw new SealwardError('io', 'is a pipe or a device, and is not read')
    const { readSpecial } = await import('./read-special.ts')
    return await readSpecial(path, maxBytes)
  } catch (error) {
    throw error instanceof SealwardError ? error.in(path) : systemError(error, 'cannot be read', path)
  }
}

/** The bound is on what arrives and not on a stated size: files of /proc say 0, and a file can grow. */
export function readRegular(path: string, maxBytes: number, how: number): Buffer {
  const handle = openSync(path, how)
  try {
    const status = fstatSync(handle)
    // Another file than the one that was looked at may be there by now.
    if (!status.isFile()) throw new SealwardError('io', 'changed while it was read')
    let buffer = Buffer.allocUnsafe(Math.min(maxBytes, Math.max(status.size, 4096)) + 1)
    let length = 0
    for (;;) {
      const bytesRead = readSync(handle, buffer, length, buffer.length - length, null)
      if (bytesRead === 0) return buffer.subarray(0, length)
      length += bytesRead
      if (length > maxBytes) throw new SealwardError('limit', `larger than ${maxBytes} bytes`)
      if (length === buffer.length) buffer = Buffer.concat([buffer], Math.min(buffer.length * 2, maxBytes + 1))
    }
  } finally {
    closeSync(handle)
  }
}
