import { existsSync, lstatSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { SealwardError } from '../../../core/errors.ts'

/**
 * @param refusal what is said of a path that is elsewhere
 * @returns the path below the root, with '/' separators; '' for the root
 * @throws SealwardError usage when it is elsewhere
 */
export function insideOf(
  root: string,
  path: string,
  refusal = 'is not below the first path: scan it by itself',
): string {
  const inside = relative(root, resolve(path))
  if (isAbsolute(inside) || inside.split(sep)[0] === '..') throw new SealwardError('usage', refusal, { file: path })
  return inside.split(sep).join('/')
}

/**
 * A link is judged by its own content, which is a path; one to a folder was hardly meant so.
 *
 * @throws SealwardError not-found
 */
export function kindOf(path: string): 'folder' | 'link to a folder' | 'file' {
  const status = lstatSync(resolve(path), { throwIfNoEntry: false })
  if (status === undefined) throw new SealwardError('not-found', 'no such file or folder', { file: path })
  if (status.isDirectory()) return 'folder'
  const behind = status.isSymbolicLink() ? statSync(resolve(path), { throwIfNoEntry: false }) : undefined
  return behind?.isDirectory() === true ? 'link to a folder' : 'file'
}

function isRepository(folder: string): boolean {
  return existsSync(join(folder, '.git')) || isBare(folder)
}

/** @returns the nearest repository that holds the folder, or null */
export function findTop(folder: string): string | null {
  for (let top = folder; ; top = dirname(top)) {
    if (isRepository(top)) return top
    if (dirname(top) === top) return null
  }
}

/** Whether it is a repository without a working tree: what is packed there would be looked at and nothing would be found in it. */
export function isBare(folder: string): boolean {
  return ['HEAD', 'objects', 'refs'].every((name) => existsSync(join(folder, name)))
}
