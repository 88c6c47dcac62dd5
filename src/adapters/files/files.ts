import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, link, lstat, open, rename, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { SealwardError } from '../../core/errors.ts'
import type { Files, WriteOptions } from '../../tasks/world.ts'
import { holdLock } from './lock.ts'
import { systemError } from './system-error.ts'

const ENCRYPTED_MODE = 0o644

/** The file system, with every read bounded and every write atomic. */
export function openFiles(): Files {
  return { read, write, locked: holdLock }
}

/** Reads at most `maxBytes`. Pipes and devices are read too, so the bound is on what arrives and not on a stated size. */
async function read(path: string, maxBytes: number): Promise<Uint8Array | null> {
  let handle: FileHandle
  try {
    handle = await open(path, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw systemError(error, 'cannot be read', path)
  }
  try {
    return await readBounded(handle, maxBytes)
  } catch (error) {
    throw error instanceof SealwardError ? error.in(path) : systemError(error, 'cannot be read', path)
  } finally {
    await handle.close()
  }
}

async function readBounded(handle: FileHandle, maxBytes: number): Promise<Uint8Array> {
  const { size } = await handle.stat()
  let buffer = Buffer.allocUnsafe(Math.min(maxBytes, Math.max(size, 4096)) + 1)
  let length = 0
  for (;;) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null)
    if (bytesRead === 0) return buffer.subarray(0, length)
    length += bytesRead
    if (length > maxBytes) throw new SealwardError('limit', `larger than ${maxBytes} bytes`)
    if (length === buffer.length) buffer = Buffer.concat([buffer], Math.min(buffer.length * 2, maxBytes + 1))
  }
}

/**
 * Writes beside the target, makes it durable, then renames: a crash leaves the old file or the new one. A symbolic link is refused,
 * because following it would put secrets where somebody else chose.
 */
async function write(path: string, bytes: Uint8Array, how: WriteOptions): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const before = await modeOf(path)
    await writeDurably(temporary, bytes, how.mode ?? before ?? ENCRYPTED_MODE)
    if (how.exists === 'refuse') await placeNew(temporary, path)
    else await rename(temporary, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await unlink(temporary).catch(() => undefined)
    throw error instanceof SealwardError ? error.in(path) : systemError(error, 'cannot be written', path)
  }
}

async function modeOf(path: string): Promise<number | undefined> {
  const status = await lstat(path).catch(() => undefined)
  if (status?.isSymbolicLink()) throw new SealwardError('io', 'is a symbolic link, which is never written through')
  return status === undefined ? undefined : status.mode & 0o777
}

async function writeDurably(path: string, bytes: Uint8Array, mode: number): Promise<void> {
  const handle = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** link() refuses an existing name, atomically; rename() would replace it. File systems without links get an exclusive rename's next best. */
async function placeNew(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path)
    await unlink(temporary)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') throw alreadyThere()
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'ENOSYS') throw error
    if ((await lstat(path).catch(() => undefined)) !== undefined) throw alreadyThere()
    await rename(temporary, path)
  }
}

/** The rename itself is lost in a power cut unless its folder is synced. Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function alreadyThere(): SealwardError {
  return new SealwardError('exists', 'already exists', {
    hint: 'choose another name, or give --force where the command has it',
  })
}
