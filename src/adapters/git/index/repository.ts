import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { attempt, type Budget, openBudget, unusual } from '../plain/bounds.ts'
import { findFolders, type GitFolders } from '../plain/folders.ts'
import { readHead } from '../plain/head.ts'
import { openPlainFile, readText } from '../plain/plain-file.ts'
import { openObjectStore } from '../plain/store.ts'
import type { RawChange } from '../records.ts'
import { countUnknown } from './cache-tree.ts'
import { compareIndex } from './compare.ts'
import { type IndexFile, parseIndexFile } from './index-file.ts'
import { parseTree } from './tree-object.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The index and the objects of a repository, read without git. Null always means: ask git. */
export interface PlainRepository {
  /** What `git diff --cached --raw --no-renames` says. Never throws */
  changes(): RawChange[] | null
  /** The id of what the index has at a path; null in it when it has nothing there. Never throws */
  find(path: string): { readonly id: string | null } | null
  /** A blob of at most 16 MiB. Never throws */
  blob(id: string): Uint8Array | null
}

/** A larger one holds about a hundred thousand files, and git is quicker with it. */
const INDEX_BYTES = 8 * 1024 * 1024
/** So many objects are read in the time that a git process takes: a commit leaves few folders of its index unknown. */
const MAX_TREES = 24
const MAX_BLOBS = 72
const ID_BYTES = 20
const BRANCH = /^ref: (refs\/heads\/[\w+@#=,-][\w.+@#=,/-]*)\n$/
const TREE_LINE = /^tree ([0-9a-f]{40})\n/

/**
 * Variables of which git's answer does not depend, or that are understood here. Any other that begins with `GIT_` may say that
 * objects, branches or replacements are elsewhere.
 */
const HARMLESS = new RegExp(
  `^GIT_(?:${[
    'DIR|INDEX_FILE|WORK_TREE|PREFIX|CONFIG_.*', // understood, or without a part in the answer
    'EXEC_PATH|REFLOG_ACTION|MERGE_AUTOEDIT|OPTIONAL_LOCKS|LITERAL_PATHSPECS|CEILING_DIRECTORIES',
    'AUTHOR_.*|COMMITTER_.*|EDITOR|SEQUENCE_EDITOR|PAGER|ASKPASS|TERMINAL_PROMPT|ADVICE|PS1_.*|TRACE.*',
    'SSH|SSH_.*|SSL_.*|HTTP_.*|PROXY_.*|CURL_.*|ALLOW_PROTOCOL|PROTOCOL_.*|LFS_.*',
  ].join('|')})$`,
)

/**
 * @param top the folder in which git runs hooks: that of the working tree
 * @returns null when the repository is none that git would leave in a usual place. Never throws
 */
export function openPlainRepository(top: string, env: Environment): PlainRepository | null {
  if (Object.keys(env).some((name) => name.startsWith('GIT_') && !HARMLESS.test(name))) return null
  const budget = openBudget()
  const folders = findFolders(top, budget)
  if (folders === null || (env.GIT_DIR !== undefined && resolve(top, env.GIT_DIR) !== folders.own)) return null
  const store = openObjectStore(join(folders.common, 'objects'), budget)
  const left = { commit: 1, tree: MAX_TREES, blob: MAX_BLOBS }

  /** What the store gives is not held to its id: neither does git. What it commits is the object as it is there. */
  function read(id: string, type: keyof typeof left): Uint8Array {
    left[type] -= 1
    const object = left[type] < 0 ? null : store.read(id)
    if (object?.type !== type) throw unusual('the repository does not have it where it is usual')
    return object.content
  }

  let opened: IndexFile | undefined
  const openIndex = (): IndexFile => {
    opened ??= readIndex(resolve(top, env.GIT_INDEX_FILE ?? join(folders.own, 'index')), budget)
    return opened
  }

  return {
    changes: () =>
      attempt(() => {
        const commit = findCommit(folders, budget)
        const tree = commit === null ? null : treeOf(read(commit, 'commit'))
        const index = openIndex()
        // Otherwise it would come to that after reading as many.
        if (tree !== null && index.folders !== null && countUnknown(index.folders) > MAX_TREES) return null
        return compareIndex({ index, tree, readTree: (id) => parseTree(read(id, 'tree'), ID_BYTES) })
      }),
    find: (path) => attempt(() => ({ id: findEntry(openIndex(), Buffer.from(path).toString('latin1')) })),
    blob: (id) => attempt(() => read(id, 'blob')),
  }
}

/** By halves: entries are in the order of their bytes. */
function findEntry(index: IndexFile, path: string): string | null {
  let [low, high] = [0, index.count]
  while (low < high) {
    const middle = (low + high) >> 1
    if (index.path(middle) < path) low = middle + 1
    else high = middle
  }
  return low < index.count && index.path(low) === path ? index.record(low).id : null
}

/**
 * @returns null when the branch has no commit yet
 * @throws SealwardError git also where objects stand for others, which `git diff` follows wherever HEAD or a tree has one, or where ids
 * are longer
 */
function findCommit(folders: GitFolders, budget: Budget): string | null {
  const { common } = folders
  const packed = readText(`${common}/packed-refs`, budget) ?? ''
  if (packed.includes(' refs/replace/') || existsSync(`${common}/refs/replace`)) throw unusual('objects are replaced')
  const id = readHead(folders, budget)
  if (id === null) refuseOldBranch(folders, packed, budget)
  else if (id.length !== 2 * ID_BYTES) throw unusual('ids are longer')
  return id
}

/** There is no commit only when HEAD leads to a branch that nobody has made. */
function refuseOldBranch({ own, common }: GitFolders, packed: string, budget: Budget): void {
  const [, branch] = BRANCH.exec(readText(`${own}/HEAD`, budget) ?? '') ?? []
  const config = readText(`${common}/config`, budget) ?? ''
  if (branch === undefined || existsSync(`${common}/${branch}`) || packed.includes(` ${branch}\n`))
    throw unusual('what HEAD leads to is not understood')
  if (/objectformat/i.test(config)) throw unusual('ids are longer')
}

function treeOf(commit: Uint8Array): string {
  const [, id] = TREE_LINE.exec(Buffer.from(commit.subarray(0, 64)).toString('latin1')) ?? []
  if (id === undefined) throw unusual('a commit is not as git writes it')
  return id
}

function readIndex(path: string, budget: Budget): IndexFile {
  const file = openPlainFile(path, budget)
  if (file === null || file.size > INDEX_BYTES) throw unusual('the index is not there, or is large')
  try {
    return parseIndexFile(file.read(0, file.size))
  } finally {
    file.close()
  }
}
