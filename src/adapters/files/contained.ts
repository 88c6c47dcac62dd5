import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, open, readFile, realpath, rename, unlink } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { isEncryptedFile } from '../../core/envelope/file.ts'
import { FILE_BYTES } from '../../core/envelope/limits.ts'
import { SealwardError } from '../../core/errors.ts'
import type { JobFiles } from '../../tasks/world/job.ts'
import { type HeldFolder, type Hold, holdFolder } from './held-folder.ts'
import { type JobPath, readJobPath } from './job-path.ts'
import { isMissing, systemError } from './system-error.ts'

const SECRET_MODE = 0o600

/**
 * Files with secrets, written and removed below given folders only, and never through a link anywhere on the way.
 */
export function openJobFiles({ roots, cwd, hold = holdFolder }: JobFolders): JobFiles {
  const usable = roots.filter((root): root is string => root !== undefined && isFolderOfItsOwn(root))
  const place = async (path: string) => {
    const real = await Promise.all(usable.map((root) => realpath(root).catch(() => root)))
    return readPlace(path, { usable, real, cwd })
  }
  const within = async <T>(path: string, work: (folder: HeldFolder, name: string) => Promise<T>) => {
    const { root, parts } = await place(path)
    return inFolder(
      () => hold(root, parts.slice(0, -1)),
      path,
      (folder) => work(folder, parts.at(-1)!),
    )
  }
  return {
    locate: async (path) => pathOf(await place(path)),
    write: (path, bytes) => within(path, (folder, name) => replace(folder, name, bytes)),
    remove: (path) => within(path, remove).catch(goneWithItsFolder),
  }
}

export interface JobFolders {
  /** RUNNER_TEMP and GITHUB_WORKSPACE; one that is not set, or is the whole disk, is passed over. */
  readonly roots: readonly (string | undefined)[]
  /** What relative paths are relative to. */
  readonly cwd: string
  readonly hold?: Hold
}

function isFolderOfItsOwn(root: string): boolean {
  return isAbsolute(root) && join(root, '..') !== join(root, '.')
}

interface Roots {
  readonly usable: readonly string[]
  /** The same without links: macOS has /var for /private/var. */
  readonly real: readonly string[]
  readonly cwd: string
}

/** A path may be spelled from either form of a root. Below the root itself no link is resolved. */
function readPlace(path: string, { usable, real, cwd }: Roots): JobPath {
  const roots = [...usable, ...real]
  const { root, parts } = readJobPath(path, { roots, cwd, platform: process.platform })
  return { root: real[roots.indexOf(root) % usable.length]!, parts }
}

function pathOf({ root, parts }: JobPath): string {
  return join(root, ...parts)
}

async function inFolder<T>(
  hold: () => Promise<HeldFolder>,
  path: string,
  work: (folder: HeldFolder) => Promise<T>,
): Promise<T> {
  try {
    const folder = await hold()
    try {
      return await work(folder)
    } finally {
      await folder.release()
    }
  } catch (error) {
    throw error instanceof SealwardError ? error.in(path) : systemError(error, 'cannot be written', path)
  }
}

/** Beside the target under a name nobody can guess, then renamed over it: a rename replaces a link and never follows it. */
async function replace(folder: HeldFolder, name: string, bytes: Uint8Array): Promise<void> {
  await checkTarget(folder, name)
  const temporary = folder.path(`.${randomBytes(12).toString('hex')}.tmp`)
  try {
    const handle = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, SECRET_MODE)
    try {
      await folder.check()
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, folder.path(name))
  } catch (error) {
    await unlink(temporary).catch(() => undefined)
    throw error
  }
}

async function checkTarget(folder: HeldFolder, name: string): Promise<void> {
  const status = await lstat(folder.path(name)).catch(nothingThere)
  if (status === null) return
  if (!status.isFile()) throw new SealwardError('io', 'is a link, a folder or a device, and is left alone')
  if (status.size <= FILE_BYTES && isEncryptedFile(await readFile(folder.path(name))))
    throw new SealwardError('exists', 'is an encrypted file, which plaintext never replaces', {
      hint: 'give another path',
    })
}

/** What is not the regular file that was written is not ours to delete. */
async function remove(folder: HeldFolder, name: string): Promise<'removed' | 'gone'> {
  const status = await lstat(folder.path(name)).catch(nothingThere)
  if (status === null) return 'gone'
  if (!status.isFile()) throw new SealwardError('io', 'is a link, a folder or a device, and is left alone')
  await folder.check()
  await unlink(folder.path(name))
  return 'removed'
}

function goneWithItsFolder(error: unknown): 'gone' {
  if (error instanceof SealwardError && error.code === 'not-found') return 'gone'
  throw error
}

function nothingThere(error: unknown): null {
  if (isMissing(error)) return null
  throw error
}
