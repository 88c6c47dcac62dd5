import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, link, lstat, mkdir, open, rename, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { SealwardError } from '../../core/errors.ts'
import type { Files, WriteOptions } from '../../tasks/world.ts'
import { holdLock } from './lock.ts'
import { isMissing, systemError } from './system-error.ts'

const ENCRYPTED_MODE = 0o644

export interface FilesOptions {
  /** Pipes and devices are refused: one that nobody writes to would keep a job until its time is over. */
  readonly regularOnly?: boolean
}

/** The file system, with every read bounded and every write atomic. */
export function openFiles({ regularOnly = false }: FilesOptions = {}): Files {
  const how = regularOnly ? constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) : constants.O_RDONLY
  return {
    read: (path, maxBytes) => read(path, maxBytes, how),
    write,
    locked: (path, work) => holdLock(path, work),
  }
}

/** Reads at most `maxBytes`. Pipes and devices may be read too, so the bound is on what arrives and not on a stated size. */
async function read(path: string, maxBytes: number, how: number): Promise<Uint8Array | null> {
  let handle: FileHandle
  try {
    handle = await open(path, how)
  } catch (error) {
    if (isMissing(error)) return null
    throw systemError(error, 'cannot be read', path)
  }
  try {
    if (how !== constants.O_RDONLY) await requireRegular(handle)
    return await readBounded(handle, maxBytes)
  } catch (error) {
    throw error instanceof SealwardError ? error.in(path) : systemError(error, 'cannot be read', path)
  } finally {
    await handle.close()
  }
}

/** A folder is left to the system's own words. */
async function requireRegular(handle: FileHandle): Promise<void> {
  const status = await handle.stat()
  if (!status.isFile() && !status.isDirectory()) throw new SealwardError('io', 'is a pipe or a device, and is not read')
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
 * Writes beside the target, makes it durable, then renames: a crash leaves the old file or the new one. What is there and is no
 * regular file is refused: a link would put secrets where somebody else chose, and a device would be replaced.
 */
async function write(path: string, bytes: Uint8Array, how: WriteOptions): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    if (how.folders === true) await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const before = await modeOf(path)
    await writeDurably(temporary, bytes, how.mode ?? before)
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
  if (status === undefined) return undefined
  if (status.isSymbolicLink()) throw new SealwardError('io', 'is a symbolic link, which is never written through')
  if (!status.isFile()) throw new SealwardError('io', 'is not a regular file, and is left alone')
  return status.mode & 0o777
}

/** Without a mode, that of any new file: what the umask leaves of 0644. A stated one is kept, where files have modes at all. */
async function writeDurably(path: string, bytes: Uint8Array, mode: number | undefined): Promise<void> {
  const handle = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode ?? ENCRYPTED_MODE)
  try {
    if (mode !== undefined) await handle.chmod(mode).catch(() => undefined)
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** link() refuses an existing name, atomically; rename() would replace it. */
async function placeNew(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw alreadyThere()
    return placeReserved(temporary, path)
  }
  await unlink(temporary)
}

/** Where a file system has no links: takes the name with an empty file, which nobody else can then have, and replaces that. */
async function placeReserved(temporary: string, path: string): Promise<void> {
  const reserved = await open(path, 'wx').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? alreadyThere() : error
  })
  await reserved.close()
  try {
    await rename(temporary, path)
  } catch (error) {
    await unlink(path).catch(() => undefined)
    throw error
  }
}

/**
 * The rename itself is lost in a power cut unless its folder is synced. Windows has no such call, some network file systems refuse
 * it, and a folder may be writable and not readable: the file is written all the same.
 */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

function alreadyThere(): SealwardError {
  return new SealwardError('exists', 'already exists', {
    hint: 'choose another name, or give --force where the command has it',
  })
}
