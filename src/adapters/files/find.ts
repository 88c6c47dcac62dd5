import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { SealwardError } from '../../core/errors.ts'
import { type Glob, parseGlob } from '../../core/glob/glob.ts'
import { matchesGlob } from '../../core/glob/match.ts'
import type { Finder } from '../../tasks/world.ts'

const MAX_ENTRIES = 200_000
const SKIPPED = new Set(['.git', 'node_modules'])

/** Finds files below `root`. A folder that may not be read is passed over: this process could read no file in it either. */
export function openFinder(root: string, maxEntries = MAX_ENTRIES): Finder {
  return { find: async (globs) => find(root, globs.map(compile), maxEntries) }
}

async function find(root: string, globs: readonly Glob[], maxEntries: number): Promise<string[]> {
  const found: string[] = []
  const folders = ['']
  let seen = 0
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true }).catch(() => [])) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      seen += 1
      if (seen > maxEntries) throw new SealwardError('limit', `more than ${maxEntries} files below the folder`)
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) folders.push(path)
      else if (entry.isFile() && globs.some((glob) => matchesGlob(glob, path))) found.push(path)
    }
  }
  return found.sort()
}

/** @throws SealwardError usage */
function compile(text: string): Glob {
  const glob = parseGlob(process.platform === 'win32' ? text.replaceAll('\\', '/') : text)
  if (typeof glob === 'string') throw new SealwardError('usage', `the glob ${glob}`, { file: text })
  return glob
}
