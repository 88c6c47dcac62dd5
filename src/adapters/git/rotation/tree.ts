import { SealwardError } from '../../../core/errors.ts'
import type { Git } from './git.ts'

/** A file as a commit has it. */
export interface TreeFile {
  readonly mode: '100644' | '100755'
  readonly id: string
}

const FILE_BYTES = 64 * 1024 * 1024
const NAME = /^(?!\/)(?!.*(?:^|\/)(?:\.{0,2}|\.git)(?:\/|$))[^\0\r\n]{1,4096}$/i
const LISTED = /^(\d{6}) (blob|tree|commit) ([0-9a-f]{40}|[0-9a-f]{64})\t/

/**
 * @returns null where the commit has nothing there
 * @throws SealwardError unsupported for a link, a submodule or a folder, there or on the way: what is written there would be elsewhere
 */
export async function fileAt(git: Git, commit: string, path: string): Promise<TreeFile | null> {
  if (!NAME.test(path)) throw new SealwardError('usage', 'is no path of the repository', { file: path })
  const there = await listed(git, commit, path)
  if (there !== null) return plainFile(there, path)
  const parts = path.split('/')
  for (let depth = 1; depth < parts.length; depth += 1) {
    const folder = await listed(git, commit, parts.slice(0, depth).join('/'))
    if (folder === null) return null
    if (folder.type !== 'tree') throw notPlain(path)
  }
  return null
}

/** @throws SealwardError limit, git */
export async function readBlob(git: Git, id: string): Promise<Uint8Array> {
  return new Uint8Array(await git.ask(['cat-file', 'blob', id], { maxBytes: FILE_BYTES }))
}

/** Stores it as it is: without a path no filter is applied. */
export async function storeBlob(git: Git, bytes: Uint8Array): Promise<string> {
  if (bytes.length > FILE_BYTES) throw new SealwardError('limit', `is larger than ${FILE_BYTES} bytes`)
  return git.line(['hash-object', '-w', '-t', 'blob', '--no-filters', '--stdin'], { input: bytes })
}

/** What the second commit has otherwise than the first one; null for files that it has not. Links and submodules are left out. */
export async function changedFiles(git: Git, from: string, to: string): Promise<Map<string, TreeFile | null>> {
  const printed = await git.ask(['diff-tree', '-r', '-z', '--no-renames', '--raw', '--no-abbrev', from, to])
  const fields = printed.toString('utf8').split('\0')
  const changed = new Map<string, TreeFile | null>()
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, mode = '', , id = ''] = fields[at]!.split(' ')
    if (/[\r\n]/.test(fields[at + 1]!))
      throw new SealwardError('unsupported', 'a file of the branch has a line end in its name')
    if (mode === '100644' || mode === '100755') changed.set(fields[at + 1]!, { mode, id })
    else if (mode === '000000') changed.set(fields[at + 1]!, null)
  }
  return changed
}

interface Listed {
  readonly mode: string
  readonly type: string
  readonly id: string
}

async function listed(git: Git, commit: string, path: string): Promise<Listed | null> {
  const printed = (await git.ask(['ls-tree', '-z', '--full-tree', commit, '--', path])).toString('utf8')
  const [, mode = '', type = '', id = ''] = LISTED.exec(printed) ?? []
  return mode === '' ? null : { mode, type, id }
}

function plainFile({ mode, id }: Listed, path: string): TreeFile {
  if (mode === '100644' || mode === '100755') return { mode, id }
  throw notPlain(path)
}

function notPlain(path: string): SealwardError {
  return new SealwardError('unsupported', 'is, or lies behind, a link, a submodule or a folder in the repository', {
    file: path,
    hint: 'name the file itself in sealward.yml',
  })
}
