import { existsSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { findTop } from '../../adapters/files/sources/paths.ts'
import { SealwardError } from '../../core/errors.ts'

/** The repository that a step looks at. */
export interface EnteredRepository {
  readonly workspace: string
  /** The working directory. */
  readonly folder: string
  /** The top of its repository; the folder itself where there is none. */
  readonly root: string
  readonly isRepository: boolean
}

/**
 * Goes to the top of the repository, because git answers for where the process stands.
 *
 * @throws SealwardError not-found
 */
export function enterRepository(workingDirectory: string): EnteredRepository {
  const workspace = resolve(process.env.GITHUB_WORKSPACE || '.')
  const folder = resolve(workspace, workingDirectory)
  if (!existsSync(folder))
    throw new SealwardError('not-found', 'there is no such working-directory', { file: workingDirectory })
  const top = topWithin(workspace, folder)
  const root = top ?? folder
  process.chdir(root)
  return { workspace, folder, root, isRepository: top !== null }
}

/** A repository that the workspace lies in is not the job's. */
function topWithin(workspace: string, folder: string): string | null {
  const top = findTop(folder)
  if (top === null) return null
  const inside = relative(workspace, top)
  return isAbsolute(inside) || inside.split(sep)[0] === '..' ? null : top
}
