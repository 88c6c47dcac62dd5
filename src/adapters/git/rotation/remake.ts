import { SealwardError } from '../../../core/errors.ts'
import type { Git } from './git.ts'
import { type Changes, makeCommit } from './make-commit.ts'
import type { RotationRepository } from './repository.ts'
import type { Standing } from './standing.ts'
import { changedFiles, fileAt, type TreeFile } from './tree.ts'
import { uniteBlobs } from './union.ts'

const MOST_COMMITS = 500

/**
 * Finds what the next commit of a rotation's own branch is put on: the branch itself, where the other one did not move; else the commits that
 * are not merged yet, each made anew on top of that, by whoever it was.
 *
 * @returns its id
 * @throws SealwardError locked where both branches changed the same file in ways that do not go together
 */
export async function remake(repository: RotationRepository, at: Standing): Promise<string> {
  const { base, own, fork, ahead, conflicts } = at
  if (own === null || ahead.size === 0) return base
  if (fork === base) return own
  if (conflicts.length > 0) throw conflict(conflicts[0]!)
  let parent = base
  for (const commit of await commitsOf(repository.git, at)) {
    const changes = await changesOf(repository.git, commit, at)
    if (changes.size > 0) parent = await copy(repository, { commit, parent, changes })
  }
  return parent
}

/** Merges bring what the branch that counts has anyway. */
async function commitsOf(git: Git, { base, own }: Standing): Promise<string[]> {
  const args = [
    'rev-list',
    '--reverse',
    '--topo-order',
    '--no-merges',
    `--max-count=${MOST_COMMITS}`,
    `${own}`,
    `^${base}`,
  ]
  return (await git.line(args)).split('\n').filter(Boolean)
}

/** Of one commit, what is still to be merged. */
async function changesOf(git: Git, commit: string, { ahead, fork, base, united }: Standing): Promise<Changes> {
  const changes = new Map<string, TreeFile | null>()
  for (const [path, file] of await changedFiles(git, `${commit}^`, commit)) {
    if (!ahead.has(path)) continue
    changes.set(path, file)
    if (file === null || !united.includes(path)) continue
    const [before, theirs] = [await fileAt(git, fork!, path), await fileAt(git, base, path)]
    const sides = { before: before?.id ?? null, ours: file.id, theirs: theirs!.id }
    changes.set(path, { ...file, id: await uniteBlobs(git, sides) })
  }
  return changes
}

async function copy(
  { git, author }: RotationRepository,
  { commit, parent, changes }: { readonly commit: string; readonly parent: string; readonly changes: Changes },
): Promise<string> {
  const shown = await git.line([
    'show',
    '-s',
    '--no-show-signature',
    '--date=raw',
    '--format=%an%x00%ae%x00%ad%x00%B',
    commit,
  ])
  const [name = '', email = '', date = '', message = ''] = shown.split('\0')
  const by = { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: date }
  return makeCommit(git, { parent, changes, message, author: by }, author)
}

function conflict(file: string): SealwardError {
  return new SealwardError('locked', 'changed on the branch that counts too, while the rotation waits to be merged', {
    file,
    hint: 'merge that branch into the one of the rotation (`sealward merge` puts the variables of both together), and push it',
  })
}
