import { lstat } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { SealwardError } from '../../core/errors.ts'
import type { SignedNames } from '../../tasks/world/ssh.ts'

/**
 * Names from the top of the repository that `folder` is in; from `folder` itself where there is no repository.
 *
 * The top is looked for above `folder`, never above the file, and links are not resolved: a link, or a submodule, put where a folder
 * was would else bring a file under the name that it has elsewhere, and a signature for that name with it.
 */
export function openSignedNames(folder: string): SignedNames {
  return {
    async nameOf(path) {
      const name = relative(await findTop(folder), resolve(folder, path))
      // On Windows, the way to another drive is an absolute one.
      if (name.split(sep)[0] === '..' || isAbsolute(name))
        throw new SealwardError('usage', 'is outside of the repository, so it has no name to sign', { file: path })
      return name.split(sep).join('/')
    },
  }
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
