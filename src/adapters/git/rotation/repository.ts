import { SealwardError } from '../../../core/errors.ts'
import type { DeliveryRule } from '../../../core/policy/sections/rotation.ts'
import type { Stop } from '../../../tasks/world.ts'
import { type Environment, type Git, openGit } from './git.ts'
import type { Author } from './make-commit.ts'
import { openLocalRefs } from './refs/local-refs.ts'
import type { Refs } from './refs/refs.ts'
import { openRemoteRefs } from './refs/remote-refs.ts'

export interface RotationPlace {
  /** The top of the working tree, absolute. */
  readonly top: string
  readonly delivery: DeliveryRule
  readonly env: Environment
  /** Whom commits are by where git knows nobody; null to leave it at that. */
  readonly author: Author | null
  readonly stop?: Stop
}

/** A repository to write rotations down in. */
export interface RotationRepository {
  readonly top: string
  readonly git: Git
  /** The name of the remote; null where there is none. */
  readonly remote: string | null
  readonly refs: Refs
  readonly delivery: DeliveryRule
  readonly author: Author | null
  /** The branch that counts, `refs/heads/main`. The remote is asked when sealward.yml does not say. @throws SealwardError git */
  base(): Promise<string>
}

/**
 * Opens it. Nothing is asked of the remote yet.
 *
 * @throws SealwardError git, where there are several remotes and none of them is `origin`, or none and a pull request is wanted;
 *   policy-invalid for a name of a branch that is none
 */
export async function openRotationRepository({
  top,
  delivery,
  env,
  author,
  stop,
}: RotationPlace): Promise<RotationRepository> {
  const git = openGit(top, env, stop)
  const remote = await remoteOf(git)
  if (remote === null && delivery.mode === 'pull-request')
    throw new SealwardError('git', 'this repository has no remote, and a pull request needs one', {
      hint: 'sealward.yml takes `rotation: { delivery: { mode: commit } }`',
    })
  const refs = remote === null ? openLocalRefs(git) : openRemoteRefs(git, remote)
  let base: Promise<string> | undefined
  return {
    ...{ top, git, remote, refs, delivery, author },
    base() {
      base ??= delivery.branch === null ? refs.standardBranch() : branchRef(git, delivery.branch)
      return base
    },
  }
}

/** @throws SealwardError policy-invalid */
export async function branchRef(git: Git, name: string): Promise<string> {
  const ref = `refs/heads/${name}`
  if ((await git.attempt(['check-ref-format', ref])).status === 0) return ref
  throw new SealwardError('policy-invalid', 'rotation.delivery names a branch that git would not take', {
    file: 'sealward.yml',
  })
}

/** @returns the only remote, or `origin`; null where there is none. Throws SealwardError git where it is not known which one counts */
export async function remoteOf(git: Git): Promise<string | null> {
  const remotes = (await git.line(['remote'])).split('\n').filter(Boolean)
  if (remotes.length === 0) return null
  const [only, ...others] = remotes
  if (others.length === 0) return only!
  if (remotes.includes('origin')) return 'origin'
  throw new SealwardError('git', 'there are several remotes, and none of them is called origin')
}
