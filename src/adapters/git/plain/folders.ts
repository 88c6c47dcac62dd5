import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { attempt, type Budget, unusual } from './bounds.ts'
import { readText } from './plain-file.ts'

/** Where a repository keeps what. */
export interface GitFolders {
  /** HEAD: of this working tree alone. */
  readonly own: string
  /** Objects and branches: of all its working trees. */
  readonly common: string
}

const GIT_FILE = /^gitdir: ([^\r\n\0]+)\n?$/
const COMMON_FILE = /^([^\r\n\0]+)\n?$/
const VERSION = /repositoryformatversion[ \t]*=(.*)/g

/**
 * @param top the folder that holds `.git`: a folder, or the file of a submodule or linked working tree
 * @returns null when this is no repository, is one of a later format, or keeps its branches elsewhere than in files. Never throws
 */
export function findFolders(top: string, budget: Budget): GitFolders | null {
  return attempt(() => {
    const place = join(top, '.git')
    const own = statSync(place).isDirectory() ? place : resolve(top, only(GIT_FILE, readText(place, budget)))
    const common = readText(join(own, 'commondir'), budget)
    const folders = { own, common: common === null ? own : resolve(own, only(COMMON_FILE, common)) }
    return statSync(join(folders.common, 'refs')).isDirectory() && isUsual(folders, budget) ? folders : null
  })
}

/**
 * Whether the configuration leaves branches in files. `include` does not count for these keys, and no key can be written in a way that
 * hides its name: to look for the name is enough.
 */
function isUsual({ common }: GitFolders, budget: Budget): boolean {
  const config = (readText(join(common, 'config'), budget) ?? '').toLowerCase()
  if (config.includes('refstorage')) return false
  return [...config.matchAll(VERSION)].every(([, version = '']) => /^[01]$/.test(version.trim()))
}

function only(form: RegExp, text: string | null): string {
  const [, path] = form.exec(text ?? '') ?? []
  if (path === undefined) throw unusual('a path of the git folder is not as git writes it')
  return path
}
