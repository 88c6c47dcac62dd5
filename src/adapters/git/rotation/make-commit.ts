import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Git } from './git.ts'
import type { TreeFile } from './tree.ts'

/** Whom a commit is by, where git does not know. */
export interface Author {
  readonly name: string
  readonly email: string
}

/** What a new commit changes of its parent; null removes a file. */
export type Changes = ReadonlyMap<string, TreeFile | null>

export interface NewCommit {
  /** Null for a commit that nothing came before, and that has these files alone. */
  readonly parent: string | null
  readonly changes: Changes
  readonly message: string
  /** `GIT_AUTHOR_...`, for a commit that is made anew. */
  readonly author?: Readonly<Record<string, string>>
}

/**
 * Makes a commit without the working tree and the index: with an index of its own, in a folder that goes. It is signed where git is
 * configured to sign commits, and it is one of a branch.
 *
 * @param fallback whom it is by where git knows nobody
 * @throws SealwardError git
 */
export async function makeCommit(git: Git, { parent, changes, message, author }: NewCommit, fallback: Author | null) {
  const folder = await mkdtemp(join(tmpdir(), 'sealward-index-'))
  try {
    const env = { GIT_INDEX_FILE: join(folder, 'index') }
    await git.ask(parent === null ? ['read-tree', '--empty'] : ['read-tree', parent], { env })
    await git.ask(['update-index', '-z', '--index-info'], { env, input: indexLines(changes) })
    const tree = await git.line(['write-tree', '--missing-ok'], { env })
    const by = { ...(await identityFor(git, fallback)), ...author }
    const sign = parent !== null && (await isToBeSigned(git)) ? ['-S'] : []
    const parents = parent === null ? [] : ['-p', parent]
    return await git.line(['commit-tree', ...sign, ...parents, '-F', '-', tree], { input: message, env: by })
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** As `update-index --index-info` reads them. */
export function indexLines(changes: Changes): string {
  const length = [...changes.values()].find((file) => file !== null)?.id.length ?? 40
  return [...changes]
    .map(([path, file]) =>
      file === null ? `0 ${'0'.repeat(length)}\t${path}\0` : `${file.mode} ${file.id}\t${path}\0`,
    )
    .join('')
}

async function isToBeSigned(git: Git): Promise<boolean> {
  const { stdout } = await git.attempt(['config', '--type=bool', '--get', 'commit.gpgsign'])
  return stdout.toString('utf8').trim() === 'true'
}

async function identityFor(git: Git, fallback: Author | null): Promise<Readonly<Record<string, string>>> {
  if (fallback === null || (await git.attempt(['var', 'GIT_COMMITTER_IDENT'])).status === 0) return {}
  const { name, email } = fallback
  return { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email }
}
