import { SealwardError } from '../../../core/errors.ts'
import { type Arrived, firstParents } from './arrival.ts'
import type { Changes } from './make-commit.ts'
import type { RotationRepository } from './repository.ts'
import { changedFiles, fileAt, type TreeFile } from './tree.ts'
import { isUnion, uniteBlobs } from './union.ts'

/** The names of the branch that counts and of the rotation's own one; the latter null where commits go to the former directly. */
export interface BranchNames {
  readonly base: string
  readonly own: string | null
}

/** Where both branches are now. */
export interface Standing {
  readonly base: string
  readonly own: string | null
  /** What both have in common; null where there is no branch of its own. */
  readonly fork: string | null
  /** What the own branch changes and the other one never had since: what is still to be merged. */
  readonly ahead: Changes
  /** What it changed, and the other one has had. */
  readonly arrived: Changes
  /** What the branch that counts had since both parted, the newest first. */
  readonly chain: readonly Arrived[]
  /** What is to be merged, and was changed over there too. */
  readonly conflicts: readonly string[]
  /** What was, and `ahead` has the lines of both sides of. */
  readonly united: readonly string[]
}

/**
 * Asks where both branches are, and fetches what is missing here.
 *
 * @throws SealwardError git, permission
 */
export async function lookAt(repository: RotationRepository, names: BranchNames): Promise<Standing> {
  const wanted = names.own === null ? [names.base] : [names.base, names.own]
  const found = await repository.refs.look(wanted)
  const base = found.get(names.base) ?? null
  if (base === null)
    throw new SealwardError('git', 'the branch that counts is not there, or has no commit yet', {
      hint: 'sealward.yml names it: rotation: { delivery: { branch: main } }',
    })
  await repository.refs.bring(found)
  return standAt(repository, { base, own: names.own === null ? null : (found.get(names.own) ?? null) }, names)
}

/** The same for commits that are here. */
export async function standAt(
  repository: RotationRepository,
  { base, own }: Pick<Standing, 'base' | 'own'>,
  names: BranchNames,
): Promise<Standing> {
  const none = { ahead: new Map(), arrived: new Map(), chain: [], conflicts: [], united: [] }
  if (own === null || names.own === null) return { base, own, fork: null, ...none }
  const fork = await forkOf(repository, { base, own }, [names.base, names.own])
  if (fork === own) return { base, own, fork, ...none }
  const { git } = repository
  const changed = await changedFiles(git, fork, own)
  const chain = await firstParents(git, { tip: base, fork, paths: [...changed.keys()] })
  const hasArrived = ([path, file]: readonly [string, TreeFile | null]) =>
    chain.some(({ ids }) => ids.get(path) === (file?.id ?? null))
  const arrived = new Map([...changed].filter(hasArrived))
  const ahead = new Map([...changed].filter((change) => !hasArrived(change)))
  return { base, own, fork, chain, arrived, ...(await settle(repository, { base, own, fork, ahead })) }
}

interface Parted {
  readonly base: string
  readonly own: string
  readonly fork: string
  readonly ahead: Changes
}

/**
 * Files that are merged line by line, as .gitattributes says, have the lines of both; the others that both changed are conflicts, unless what
 * the other side has came from here: something was merged, and more was committed in the same moment.
 */
async function settle(
  { git }: RotationRepository,
  { base, own, fork, ahead }: Parted,
): Promise<Pick<Standing, 'ahead' | 'conflicts' | 'united'>> {
  const settled = new Map(ahead)
  const [conflicts, united]: [string[], string[]] = [[], []]
  const earlier = await firstParents(git, { tip: own, fork, paths: [...ahead.keys()] })
  for (const [path, file] of ahead) {
    const [before, theirs] = [await fileAt(git, fork, path), await fileAt(git, base, path)]
    if (before?.id === theirs?.id) continue
    if (theirs !== null && earlier.some(({ ids }) => ids.get(path) === theirs.id)) continue
    if (file === null || theirs === null || !(await isUnion(git, path))) {
      conflicts.push(path)
      continue
    }
    const sides = { before: before?.id ?? null, ours: file.id, theirs: theirs.id }
    settled.set(path, { ...file, id: await uniteBlobs(git, sides) })
    united.push(path)
  }
  return { ahead: settled, conflicts, united }
}

/** @throws SealwardError git where the branches have nothing in common */
async function forkOf(
  { git, refs }: RotationRepository,
  { base, own }: { readonly base: string; readonly own: string },
  names: readonly string[],
): Promise<string> {
  do {
    const { status, stdout } = await git.attempt(['merge-base', base, own])
    if (status === 0) return stdout.toString('utf8').trim()
  } while (await refs.deepen(names))
  throw new SealwardError('git', 'the branch of the rotation has nothing in common with the branch that counts', {
    hint: 'delete that branch, when nobody needs it: the next run makes a new one',
  })
}
