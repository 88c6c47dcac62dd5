import { describe, expect, it } from 'vitest'
import { openDangling, openStashes } from '../../../../src/adapters/git/sources/aside.ts'
import type { ScanSource } from '../../../../src/tasks/world/scan/source.ts'
import { type GitRepository, inFolder, makeRepository } from '../../../support/git-repository.ts'
import { placesOf } from '../../../support/scan-steps.ts'

function found({ path }: GitRepository, source: ScanSource): Promise<string[]> {
  return inFolder(path, async () =>
    (await placesOf(source)).map((place) => `${place.path} ${place.origin?.commit ?? ''}`.trim()).sort(),
  )
}

function begun(): GitRepository {
  const repository = makeRepository()
  repository.stage('a', 'a')
  repository.git('commit', '--quiet', '-m', 'a commit')
  return repository
}

describe('stashes', () => {
  it('are looked at one by one: staged, changed and untracked files', async () => {
    const repository = begun()
    repository.write('a', 'changed')
    repository.git('stash', '--quiet')
    repository.stage('staged', 'staged')
    repository.write('staged', 'changed since')
    repository.write('untracked', 'untracked')
    repository.git('stash', '--quiet', '--include-untracked')
    expect(await found(repository, openStashes())).toEqual([
      'a stash@{1}',
      'staged stash@{0}',
      'staged stash@{0}',
      'untracked stash@{0}',
    ])
  })

  it('are none where nothing was stashed', async () => {
    expect(await found(begun(), openStashes())).toEqual([])
    expect(await found(makeRepository(), openStashes())).toEqual([])
  })
})

describe('dangling objects', () => {
  it('are amended commits, dropped stashes, and what was staged and taken back', async () => {
    const repository = begun()
    repository.stage('b', 'before the change')
    repository.git('commit', '--quiet', '-m', 'b')
    const amended = repository.git('rev-parse', 'HEAD').trim()
    repository.stage('b', 'after the change')
    repository.git('commit', '--quiet', '--amend', '-m', 'b')
    const id = repository.tryGit(['hash-object', '-w', '--stdin'], { input: 'nobody names it' }).stdout.trim()
    expect(await found(repository, openDangling())).toEqual([id, `b ${amended}`].sort())
  })

  it('are none in a repository that has no more than its history', async () => {
    expect(await found(begun(), openDangling())).toEqual([])
  })
})
