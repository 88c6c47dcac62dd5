import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { SealwardError } from '../../../core/errors.ts'
import type { ScanSource, ScanStep } from '../../../tasks/world/scan/source.ts'
import { askGit, askList } from './plumbing/git.ts'
import { readPath, splitFields } from './plumbing/raw-log.ts'

export interface TreeOptions {
  /** Looks at the files of submodules too, where they are checked out. */
  readonly submodules?: boolean
}

interface IndexEntry {
  /** `S` for a file that a sparse checkout leaves out. */
  readonly tag: string
  readonly mode: string
  readonly id: string
  readonly path: Buffer
}

const ENTRY = /^(\S) (\d{6}) ([0-9a-f]{40,64}) [0-3]$/
const SUBMODULE = '160000'
const LINK = '120000'
const TAB = 0x09
const MAX_DEPTH = 16

/**
 * The files of a working tree below `folder`: those git knows and those it would know, as they are on disk. What .gitignore names is left
 * out, unless it is tracked. A file that a sparse checkout leaves out is listed by its id in the index, and read from there.
 *
 * Paths are relative to `folder`.
 *
 * @returns null when `folder` is in no working tree
 */
export async function openTree(folder: string, options: TreeOptions = {}): Promise<ScanSource | null> {
  const inside = await askList(['rev-parse', '--is-inside-work-tree'], { folder }).catch((error: unknown) => {
    if (error instanceof SealwardError && /not a git repository/.test(error.hint ?? '')) return ['false']
    throw error
  })
  if (inside[0] !== 'true') return null
  return { what: 'files', steps: () => listTree({ folder, prefix: '', depth: 0, ...options }) }
}

interface Listed extends TreeOptions {
  readonly folder: string
  /** Of the paths: where the submodule is in the tree that was asked for. */
  readonly prefix: string
  readonly depth: number
}

async function* listTree(listed: Listed): AsyncGenerator<ScanStep> {
  for await (const { tag, mode, id, path } of listIndex(listed.folder)) {
    if (mode === SUBMODULE) yield* ofSubmodule(listed, path)
    else {
      const place = {
        kind: 'place' as const,
        ...prefixed(listed.prefix, path),
        ...(mode === LINK ? { link: true } : {}),
      }
      yield tag === 'S' ? { ...place, id } : place
    }
  }
  for await (const path of listFields(['ls-files', '-z', '--others', '--exclude-standard'], listed.folder)) {
    // A repository inside that is no submodule: git lists its folder, and would add no more than its id.
    if (path.at(-1) === '/'.charCodeAt(0)) yield* ofSubmodule(listed, path.subarray(0, -1))
    else yield { kind: 'place', ...prefixed(listed.prefix, path) }
  }
}

/** Entries of a path with a conflict come up to three times; the file on disk is one. */
async function* listIndex(folder: string): AsyncGenerator<IndexEntry> {
  let last: Buffer = Buffer.alloc(0)
  for await (const field of listFields(['ls-files', '-z', '-t', '--stage'], folder)) {
    const tab = field.indexOf(TAB)
    const [, tag, mode, id] = ENTRY.exec(field.toString('latin1', 0, tab)) ?? []
    if (!tag || !mode || !id) throw new SealwardError('git', 'git ls-files answered in a way that is not understood')
    const path = Buffer.from(field.subarray(tab + 1))
    if (!path.equals(last)) yield { tag, mode, id, path }
    last = path
  }
}

async function* ofSubmodule({ folder, prefix, depth, submodules }: Listed, bytes: Buffer): AsyncGenerator<ScanStep> {
  const { path } = prefixed(prefix, bytes)
  const inner = join(folder, bytes.toString())
  const unread = (why: string): ScanStep => ({ kind: 'unread', path, why })
  if (!submodules) yield unread('a submodule: not entered (--submodules enters those that are checked out)')
  else if (!isCheckedOut(inner)) yield unread('a submodule that is not checked out')
  else if (depth >= MAX_DEPTH) yield unread(`a submodule more than ${MAX_DEPTH} deep`)
  else {
    try {
      yield* listTree({ folder: inner, prefix: `${path}/`, depth: depth + 1, submodules })
    } catch (error) {
      if (!(error instanceof SealwardError)) throw error
      yield unread('a submodule that git cannot list')
    }
  }
}

/** Only a folder with a `.git` of its own is a repository; in any other git would answer for the one above. */
function isCheckedOut(folder: string): boolean {
  const isThere = (path: string) => lstatSync(path, { throwIfNoEntry: false })
  return (isThere(folder)?.isDirectory() ?? false) && isThere(join(folder, '.git')) !== undefined
}

function prefixed(prefix: string, bytes: Buffer): { readonly path: string; readonly rawPath?: Uint8Array } {
  return readPath(prefix === '' ? bytes : Buffer.concat([Buffer.from(prefix), bytes]))
}

async function* listFields(args: readonly string[], folder: string): AsyncGenerator<Buffer> {
  const git = askGit(args, { folder, input: [] })
  try {
    yield* splitFields(git.stdout as AsyncIterable<Buffer>)
    await git.done()
  } finally {
    git.stop()
  }
}
