import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { SealwardError } from '../../../core/errors.ts'
import type { ScanPlace, ScanSource, ScanStep, Unread } from '../../../tasks/world/scan/source.ts'
import { systemError } from '../system-error.ts'

const MAX_DEPTH = 64
const MAX_ENTRIES = 10_000_000
/** What version control keeps for itself. Everything else is looked at: there is no repository to say what does not count. */
const VERSION_CONTROL = new Set(['.git', '.hg', '.svn', '.jj', '.bzr', 'CVS'])
const REPLACEMENT = '\ufffd'

/**
 * The files below a folder that is in no repository. Folders that are links are not entered; a link's own content is the path in it. Devices,
 * pipes and sockets are left alone. What is skipped is said.
 */
export function openFolder(root: string, maxEntries = MAX_ENTRIES): ScanSource {
  return { what: 'files', steps: () => walk(root, maxEntries) }
}

/** The files that somebody named, as they named them. A folder among them is for the caller to open. */
export function openNamed(paths: readonly string[]): ScanSource {
  return {
    what: 'files',
    async *steps() {
      for (const path of paths) yield { kind: 'place', path }
    },
  }
}

interface Folder {
  /** With '/' at its end, or empty for the root. */
  readonly prefix: Buffer
  readonly depth: number
}

/** Depth first, names in order of their bytes. */
async function* walk(root: string, maxEntries: number): AsyncGenerator<ScanStep> {
  const folders: Folder[] = [{ prefix: Buffer.alloc(0), depth: 0 }]
  let entries = 0
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const read = readFolder(root, folder)
    if (!Array.isArray(read)) {
      yield read
      continue
    }
    entries += read.length
    if (entries > maxEntries) throw new SealwardError('limit', `more than ${maxEntries} files below the folder`)
    const inner: Folder[] = []
    for (const entry of read) {
      const step = stepOf(entry, folder, inner)
      if (step !== null) yield step
    }
    folders.push(...inner.reverse())
  }
}

function readFolder(root: string, { prefix, depth }: Folder): Dirent<Buffer>[] | Unread {
  const path = prefix.subarray(0, -1).toString() || '.'
  if (depth > MAX_DEPTH) return { kind: 'unread', path, why: `more than ${MAX_DEPTH} folders deep` }
  try {
    const entries = readdirSync(Buffer.concat([Buffer.from(join(root, '/')), prefix]), {
      withFileTypes: true,
      encoding: 'buffer',
    })
    return entries.sort((one, other) => one.name.compare(other.name))
  } catch (error) {
    if (depth === 0) throw systemError(error, 'cannot be listed', root)
    return { kind: 'unread', path, why: systemError(error, 'cannot be listed', path).message }
  }
}

function stepOf(entry: Dirent<Buffer>, { prefix, depth }: Folder, inner: Folder[]): ScanStep | null {
  const bytes = Buffer.concat([prefix, entry.name])
  const path = bytes.toString()
  if (entry.isDirectory()) {
    if (VERSION_CONTROL.has(entry.name.toString())) return { kind: 'unread', path, why: 'a folder of version control' }
    inner.push({ prefix: Buffer.concat([bytes, Buffer.from('/')]), depth: depth + 1 })
    return null
  }
  if (!entry.isFile() && !entry.isSymbolicLink())
    return { kind: 'unread', path, why: 'no file: a device, a pipe or a socket' }
  return { kind: 'place', path, ...rawPath(path, bytes), ...(entry.isSymbolicLink() ? { link: true } : {}) }
}

function rawPath(path: string, bytes: Buffer): Pick<ScanPlace, 'rawPath'> {
  return path.includes(REPLACEMENT) && !Buffer.from(path).equals(bytes) ? { rawPath: Uint8Array.from(bytes) } : {}
}
