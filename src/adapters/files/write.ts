import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { link, lstat, mkdir, open, rename, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { SealwardError } from '../../core/errors.ts'
import type { WriteOptions } from '../../tasks/world.ts'
import { systemError } from './system-error.ts'

const ENCRYPTED_MODE = 0o644

/**
 * Writes beside the target, makes it durable, then renames: a crash leaves the old file or the new one. What is there and is no
 * regular file is refused: a link would put secrets where somebody else chose, and a device would be replaced.
 */
export async function write(path: string, bytes: Uint8Array, how: WriteOptions): Promise<void> {
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
