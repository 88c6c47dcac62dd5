import type { MergeableBranch } from '../../adapters/git/rotation/branch.ts'
import type { RotationRepository } from '../../adapters/git/rotation/repository.ts'
import type { RotationRequests } from '../../tasks/world/git/rotation-branch.ts'
import type { Teller } from '../../tasks/world.ts'
import { openOwnRepository } from '../github/world.ts'

export interface Asking {
  /** Of the credential. */
  readonly name: string
  readonly branch: MergeableBranch
  readonly teller: Pick<Teller, 'note'>
  readonly env: NodeJS.ProcessEnv
}

/** Pull requests for who rotates at a terminal: opened with the token of GitHub's own command line, and by hand where there is none. */
export function openRequests(repository: RotationRepository, { name, branch, teller, env }: Asking): RotationRequests {
  const { mode, prefix } = repository.delivery
  const head = `${prefix}${name}`
  return {
    async ensure(request) {
      if (mode === 'commit') return null
      await branch.makeMergeable()
      const own = await openOwnRepository(repository, env)
      if (own.kind === 'none') {
        teller.note(`${name}: open a pull request from ${head}, if there is none`)
        return null
      }
      const { openPullRequest } = await import('../../adapters/github/pulls.ts')
      const base = (await repository.base()).replace('refs/heads/', '')
      return openPullRequest(own.client, own.name, { head, base }).ensure(request)
    },
  }
}
