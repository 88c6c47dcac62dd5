import { describe, expect, it } from 'vitest'
import { type GitRepository, randomSecret } from '../support/git-repository.ts'
import { commitBefore, makeHookedRepository } from '../support/hooked-repository.ts'

/** Two branches that both went on, `other` with this content of a file. */
async function makeForked(content: string): Promise<GitRepository> {
  const repository = await makeHookedRepository(undefined, ['pre-commit', 'pre-merge-commit'])
  commitBefore(repository)
  repository.git('checkout', '--quiet', '-b', 'other')
  repository.stage('a.env', content)
  commitBefore(repository)
  repository.git('checkout', '--quiet', 'main')
  repository.stage('b.txt', 'clean\n')
  commitBefore(repository)
  return repository
}

describe('a merge, of which git tells no pre-commit hook,', () => {
  it('is judged by what it brings to the branch', async () => {
    const repository = await makeForked(`KEY=${randomSecret()}\n`)
    const run = repository.tryGit(['merge', '--quiet', '--no-edit', 'other'])
    expect([run.status, run.stderr]).toEqual([1, expect.stringContaining('a.env:1: one value in plain text')])
    expect(repository.git('log', '-1', '--format=%s')).toBe('before\n')
  })

  it('passes when that is clean', async () => {
    const repository = await makeForked('KEY=changeme\n')
    const run = repository.tryGit(['merge', '--quiet', '--no-edit', 'other'])
    expect([run.status, run.stderr]).toEqual([0, expect.stringContaining('1 staged file looked at')])
  })
})
