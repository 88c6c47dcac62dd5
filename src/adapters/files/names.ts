import { lstat } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { SealwardError } from '../../core/errors.ts'
import type { SignedNames } from '../../tasks/world-ssh.ts'

/**
 * Names from the top of the repository that `folder` is in; from `folder` itself where there is no repository.
 *
 * The top is looked for above `folder`, never above the file, and links are not resolved: a link, or a submodule, put where a folder
 * was would else bring a file under the name that it has elsewhere, and a signature for that name with it.
 */
export function openSignedNames(folder: string): SignedNames {
  return { nameOf: async (path) => nameFrom(await findTop(folder), resolve(folder, path)) }
}

function nameFrom(top: string, path: string): string {
  const parts = relative(top, path).split(sep)
  if (parts[0] === '..' || isAbsolute(relative(top, path)))
    throw new SealwardError('usage', 'is outside of the repository, so it has no name to sign', { file: path })
  return parts.join('/')
}

/** `.git` is a folder, or a file in linked working trees and submodules. git lets nobody commit either. */
async function findTop(folder: string): Promise<string> {
  for (let top = folder; ; top = dirname(top)) {
    if (await exists(join(top, '.git'))) return top
    if (dirname(top) === top) return folder
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}
