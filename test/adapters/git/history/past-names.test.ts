import { describe, expect, it } from 'vitest'
import { openPastNames } from '../../../../src/adapters/git/history/past-names.ts'
import { inFolder, makeRepository, temporaryFolder } from '../../../support/git-repository.ts'

const { list } = openPastNames(['**/.env*.encrypted', '**/*.env.encrypted'])

describe('names of the past', () => {
  it('are those of every commit that HEAD reaches, at any depth, with any character', async () => {
    const repository = makeRepository()
    const commit = (...files: string[]) => {
      for (const file of files) repository.stage(file, file)
      repository.git('commit', '-qm', 'x')
    }
    commit('.env.encrypted', 'a/b/prod.env.encrypted', 'other.txt', 'ü "x"/.env.encrypted')
    repository.git('rm', '-q', '.env.encrypted')
    repository.git('commit', '-qm', 'gone')
    repository.git('checkout', '-qb', 'branch')
    commit('merged.env.encrypted')
    repository.git('checkout', '-q', 'main')
    commit('x.txt')
    repository.git('merge', '-q', '--no-commit', 'branch')
    commit('of-the-merge.env.encrypted')
    repository.git('checkout', '-qb', 'elsewhere')
    commit('elsewhere.env.encrypted')
    repository.git('checkout', '-q', 'main')
    const wanted = [
      '.env.encrypted',
      'a/b/prod.env.encrypted',
      'merged.env.encrypted',
      'of-the-merge.env.encrypted',
      'ü "x"/.env.encrypted',
    ]
    expect(await inFolder(repository.path, list)).toEqual(wanted)
    expect(await inFolder(`${repository.path}/a`, list)).toEqual(wanted)
  })

  it('are none before the first commit, and outside of a repository', async () => {
    expect(await inFolder(makeRepository().path, list)).toEqual([])
    expect(await inFolder(temporaryFolder(), list)).toEqual([])
  })
})
