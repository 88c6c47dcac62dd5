import { constants } from 'node:fs'
import { type FileHandle, lstat, open, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { SealwardError } from '../../core/errors.ts'

/** A folder that was reached without a link, and stays the one that was reached. */
export interface HeldFolder {
  /** A path to an entry of the folder, for calls that do not follow a link at its end. */
  path(name: string): string
  /** @throws SealwardError io when another folder has taken its place, where that can only be seen afterwards */
  check(): Promise<void>
  release(): Promise<void>
}

export type Hold = (root: string, names: readonly string[]) => Promise<HeldFolder>

/**
 * Goes down from a root, which has no links in it, folder by folder.
 *
 * Looking first and opening then would leave a moment in which a folder is exchanged for a link. Linux shows an open folder at
 * /proc/self/fd/N, so there each step is taken from the folder held before it, as openat(2) does, and nothing can come between.
 * Node has no openat, so elsewhere the way is looked over before and after.
 *
 * @throws SealwardError io for a link or another thing that is no folder; whatever the system throws
 */
export async function holdFolder(root: string, names: readonly string[]): Promise<HeldFolder> {
  return (await hasHandles()) ? holdByHandle(root, names) : holdByPath(root, names)
}

async function hasHandles(): Promise<boolean> {
  if (process.platform !== 'linux') return false
  return stat('/proc/self/fd').then(
    (status) => status.isDirectory(),
    () => false,
  )
}

const FOLDER = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW

async function holdByHandle(root: string, names: readonly string[]): Promise<HeldFolder> {
  let handle = await openFolder(root)
  for (const name of names) {
    const above = handle
    try {
      handle = await openFolder(`/proc/self/fd/${above.fd}/${name}`)
    } finally {
      await above.close()
    }
  }
  return {
    path: (name) => `/proc/self/fd/${handle.fd}/${name}`,
    check: async () => undefined,
    release: () => handle.close(),
  }
}

async function openFolder(path: string): Promise<FileHandle> {
  try {
    return await open(path, FOLDER)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw code === 'ELOOP' || code === 'ENOTDIR' ? notAFolder() : error
  }
}

/** For systems that show no open folders. What happens between the last look and the rename is not seen. */
export async function holdByPath(root: string, names: readonly string[]): Promise<HeldFolder> {
  const folder = join(root, ...names)
  const check = async () => {
    // Resolves links on the whole way, and the junctions and mount points that Windows reports as folders.
    const real = await realpath(folder)
    if (real !== join(await realpath(root), ...names) || !(await lstat(real)).isDirectory()) throw notAFolder()
  }
  await check()
  return { path: (name) => join(folder, name), check, release: async () => undefined }
}

function notAFolder(): SealwardError {
  return new SealwardError('io', 'a folder on its way is a link, or no folder, and is not gone through')
}
