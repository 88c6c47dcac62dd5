import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import picomatch from 'picomatch'
import { SealwardError } from '../../core/errors.ts'
import type { Finder } from '../../tasks/world.ts'

const MAX_FILES = 200_000
const SKIPPED = new Set(['.git', 'node_modules'])

/** Finds files below `root`. */
export function openFinder(root: string): Finder {
  return { find: (globs) => find(root, globs) }
}

async function find(root: string, globs: readonly string[]): Promise<string[]> {
  const matches = picomatch(globs.map(forwardSlashes), { dot: true, nocase: process.platform === 'win32' })
  const found: string[] = []
  const folders = ['']
  let seen = 0
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true }).catch(() => [])) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      seen += 1
      if (seen > MAX_FILES) throw new SealwardError('limit', `more than ${MAX_FILES} files below the folder`)
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) folders.push(path)
      else if (entry.isFile() && matches(path)) found.push(path)
    }
  }
  return found.sort()
}

function forwardSlashes(glob: string): string {
  const slashed = process.platform === 'win32' ? glob.replaceAll('\\', '/') : glob
  return slashed.replace(/^\.\//, '')
}
