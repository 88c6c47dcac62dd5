import type { MergeableBranch } from '../../adapters/git/rotation/branch.ts'
import type { RotationRepository } from '../../adapters/git/rotation/repository.ts'
import { hostedRepository } from '../../core/hosted-repository.ts'
import { VERSION } from '../../core/version.ts'
import type { RotationRequests } from '../../tasks/world/rotation-branch.ts'
import type { Teller } from '../../tasks/world.ts'

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
      const own = await hostOf(repository, env)
      const token = env.GH_TOKEN || env.GITHUB_TOKEN
      if (own === null || !token) {
        teller.note(`${name}: open a pull request from ${head}, if there is none`)
        return null
      }
      const [{ openClient }, { openPullRequest }] = await Promise.all([
        import('../../adapters/github/client.ts'),
        import('../../adapters/github/pulls.ts'),
      ])
      const client = openClient({ token, apiUrl: own.apiUrl, version: VERSION, env })
      const base = (await repository.base()).replace('refs/heads/', '')
      return openPullRequest(client, own.name, { head, base }).ensure(request)
    },
  }
}

/** Null for a host that the token is not for: whoever wrote the address of the remote must not get it. */
async function hostOf({ git, remote }: RotationRepository, env: NodeJS.ProcessEnv) {
  const hosted = remote === null ? null : hostedRepository(await git.line(['remote', 'get-url', remote]))
  if (hosted === null || hosted.host !== (env.GH_HOST || 'github.com').toLowerCase()) return null
  const apiUrl = env.GITHUB_API_URL || (env.GH_HOST ? `https://${hosted.host}/api/v3` : 'https://api.github.com')
  return { name: hosted.name, apiUrl }
}
