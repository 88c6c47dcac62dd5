import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type GitRepository, makeRepository, temporaryFolder } from '../../../support/git-repository.ts'
import { change, FILE, openBranch, plantHooks, RECORD, textOf } from './rotation-scene.ts'

const promote = {
  message: 'Rotate orders-db: promoted',
  files: [change(FILE, 'one\n', 'two\n'), change(RECORD, null, 'state\n')],
}

function lonely(): GitRepository {
  const path = temporaryFolder('repository')
  const repository = makeRepository(path)
  repository.stage(FILE, 'one\n')
  repository.stage('README.md', 'x\n')
  repository.git('commit', '--quiet', '-m', 'x')
  return repository
}

describe('a repository without a remote', () => {
  it('gets the commit on its branch, and its working tree is brought along', async () => {
    const repository = lonely()
    repository.stage('half-done', 'staged')
    repository.write('README.md', 'somebody edits this\n')
    const { branch, said } = await openBranch(repository.path, 'commit')
    await branch.commit(promote)
    expect(repository.git('log', '-1', '--format=%s')).toBe('Rotate orders-db: promoted\n')
    expect(readFileSync(join(repository.path, FILE), 'utf8')).toBe('two\n')
    expect(repository.git('status', '--porcelain')).toBe(' M README.md\nA  half-done\n')
    expect([await textOf(branch, FILE), await branch.arrivedAt(FILE)]).toEqual(['two\n', expect.any(Date)])
    await branch.commit({ message: 'x', files: [change(RECORD, 'state\n', null)] })
    expect([repository.git('status', '--porcelain'), repository.tracked()]).toEqual([
      ' M README.md\nA  half-done\n',
      ['README.md', 'half-done', FILE],
    ])
    expect(said).toEqual([])
  })

  it.each<[string, (repository: GitRepository) => void]>([
    ['is being edited', (repository) => repository.write(FILE, 'edited\n')],
    ['has a staged change', (repository) => repository.stage(FILE, 'staged\n')],
    [
      'has a staged change that is not in the working tree',
      (repository) => {
        repository.stage(FILE, 'staged\n')
        repository.write(FILE, 'one\n')
      },
    ],
    ['would appear where a file is already', (repository) => repository.write(RECORD, 'mine\n')],
  ])('is left as it is where a file %s', async (_, disturb) => {
    const repository = lonely()
    disturb(repository)
    const before = [repository.git('status', '--porcelain'), repository.git('rev-parse', 'HEAD')]
    const { branch } = await openBranch(repository.path, 'commit')
    await expect(branch.commit(promote)).rejects.toMatchObject({
      code: 'git',
      hint: expect.stringContaining('commit it'),
    })
    expect([repository.git('status', '--porcelain'), repository.git('rev-parse', 'HEAD')]).toEqual(before)
  })

  it('whose branch that counts is not checked out has its working tree left alone', async () => {
    const repository = lonely()
    const { branch } = await openBranch(repository.path, 'commit')
    expect(await textOf(branch, FILE)).toBe('one\n')
    const other = temporaryFolder('other')
    repository.git('worktree', 'add', '--quiet', '-b', 'feature', join(other, 'tree'))
    const elsewhere = await openBranch(join(other, 'tree'), 'commit')
    expect(await elsewhere.repository.base()).toBe('refs/heads/feature')
    const { size } = statSync(join(repository.path, FILE))
    await elsewhere.branch.commit(promote)
    expect([statSync(join(repository.path, FILE)).size, readFileSync(join(other, 'tree', FILE), 'utf8')]).toEqual([
      size,
      'two\n',
    ])
  })

  it('has no hook run', async () => {
    const repository = lonely()
    const marks = plantHooks(repository)
    await (await openBranch(repository.path, 'commit')).branch.commit(promote)
    expect(existsSync(marks)).toBe(false)
  })

  it('has no pull requests', async () => {
    await expect(openBranch(lonely().path, 'pull-request')).rejects.toMatchObject({
      code: 'git',
      hint: expect.stringContaining('mode: commit'),
    })
  })
})
