import { SealwardError } from '../../../../core/errors.ts'
import type { Git } from '../git.ts'
import type { Refs } from './refs.ts'

/** Those of this repository, for one that has no remote. */
export function openLocalRefs(git: Git): Refs {
  const at = async (name: string) => {
    const { status, stdout } = await git.attempt(['rev-parse', '--verify', '--quiet', name])
    return status === 0 ? stdout.toString('utf8').trim() : null
  }
  return {
    async standardBranch() {
      const { status, stdout } = await git.attempt(['symbolic-ref', '--quiet', 'HEAD'])
      if (status === 0) return stdout.toString('utf8').trim()
      throw new SealwardError('git', 'no branch is checked out, and there is no remote that has one', {
        hint: 'name the branch that counts in sealward.yml: rotation: { delivery: { branch: main } }',
      })
    },
    look: async (names) => new Map(await Promise.all(names.map(async (name) => [name, await at(name)] as const))),
    bring: async () => {},
    deepen: async () => false,
    async move(name, from, to) {
      const nothing = '0'.repeat((from ?? to ?? '').length)
      const [own, other] = [to ?? nothing, from ?? nothing]
      const args = to === null ? ['-d', name, other] : [name, own, other]
      const end = await git.attempt(['update-ref', '--no-deref', '-m', 'sealward', ...args])
      const now = end.status === 0 ? to : await at(name)
      if (now === to) return true
      if (now !== from || /cannot lock ref|unable to lock/i.test(end.stderr)) return false
      throw new SealwardError('git', `git update-ref failed (exit status ${end.status})`)
    },
  }
}
