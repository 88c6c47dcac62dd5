import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pushArguments } from '../../src/hook/push.ts'
import { type GitRepository, makeRepository, type Run, runProgram, temporaryFolder } from '../support/git-repository.ts'
import { commitBefore, makeHookedRepository, shipped } from '../support/hooked-repository.ts'
import { madeToken } from '../support/token.ts'

const BLOCK = 1

/** A repository with the hook, a remote without anything, and a clean commit. */
async function makePushing(): Promise<GitRepository> {
  const repository = await makeHookedRepository(undefined, ['pre-push'])
  const remote = temporaryFolder('remote.git')
  repository.git('init', '--quiet', '--bare', remote)
  repository.git('remote', 'add', 'origin', remote)
  add(repository, 'a.txt', 'clean\n')
  return repository
}

function add(repository: GitRepository, path: string, content: string): void {
  repository.stage(path, content)
  commitBefore(repository)
}

function push(repository: GitRepository, ...args: string[]): Run {
  return repository.tryGit(['push', '--quiet', 'origin', ...args])
}

describe('a push is judged by what the remote does not have:', () => {
  it('the first one by everything', async () => {
    const repository = await makePushing()
    expect(push(repository, 'main')).toMatchObject({ status: 0, stderr: expect.stringContaining('nothing found') })
    const other = await makePushing()
    add(other, 'b.txt', `token: ${madeToken()}\n`)
    add(other, 'b.txt', 'clean again\n')
    const refused = push(other, 'main')
    expect([refused.status, refused.stderr]).toEqual([BLOCK, expect.stringContaining('b.txt:1:8  critical')])
    expect(refused.stderr).toContain('This has not been published')
    expect(refused.stderr).toMatch(/^commit [0-9a-f]{40} of \d{4}-\d\d-\d\d has what the hooks refuse/m)
    expect(other.git('ls-remote', 'origin')).toBe('')
  })

  it('a new branch and a tag by what they add', async () => {
    const repository = await makePushing()
    add(repository, 'old.txt', `token: ${madeToken()}\n`)
    repository.git('push', '--quiet', '--no-verify', 'origin', 'main')
    repository.git('checkout', '--quiet', '-b', 'other')
    add(repository, 'new.txt', 'clean\n')
    const branch = push(repository, 'other')
    expect([branch.status, branch.stderr]).toEqual([0, expect.stringContaining(': nothing found')])
    repository.git('tag', '--annotate', '--message', madeToken(), 'v1')
    expect(push(repository, 'v1')).toMatchObject({ status: BLOCK, stderr: expect.stringContaining('(tag message)') })
  })

  it('a forced one by what is new in it', async () => {
    const repository = await makePushing()
    expect(push(repository, 'main').status).toBe(0)
    repository.stage('a.txt', `token: ${madeToken()}\n`)
    commitBefore(repository, '--amend')
    expect(push(repository, '--force', 'main').status).toBe(BLOCK)
    repository.stage('a.txt', 'other\n')
    commitBefore(repository, '--amend')
    expect(push(repository, '--force', 'main').status).toBe(0)
  })

  it('one that deletes, or has nothing, by nothing, which is said', async () => {
    const repository = await makePushing()
    expect(push(repository, 'main', 'main:gone').status).toBe(0)
    const deletion = push(repository, '--delete', 'gone')
    expect([deletion.status, deletion.stderr]).toEqual([
      0,
      'refs/heads/gone: not looked at whole: the push deletes it\nsealward: no versions of files and commit messages to look at\n',
    ])
    expect(push(repository, 'main').stderr).toBe('sealward: no versions of files and commit messages to look at\n')
  })

  it('messages among them', async () => {
    const repository = await makePushing()
    repository.git('commit', '--quiet', '--no-verify', '--allow-empty', '--message', madeToken())
    expect(push(repository, 'main')).toMatchObject({
      status: BLOCK,
      stderr: expect.stringContaining('(commit message)'),
    })
  })

  it('from a folder below and from a linked working tree', async () => {
    const repository = await makePushing()
    add(repository, 'sub/b.txt', `token: ${madeToken()}\n`)
    const linked = temporaryFolder('linked')
    repository.git('worktree', 'add', '--quiet', '-b', 'linked', linked)
    for (const folder of [join(repository.path, 'sub'), linked])
      expect(repository.tryGit(['push', '--quiet', 'origin', 'HEAD:x'], { cwd: folder }).status).toBe(BLOCK)
  })
})

it('a push whose remote nobody names is refused: nothing would be looked at', () => {
  const run = runProgram(process.execPath, [shipped.program, 'pre-push'], { cwd: makeRepository().path })
  expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('nothing was looked at [usage]')])
})

it('a push through pre-commit is asked for by the variables that it sets, and is everything without them', () => {
  const env = { PRE_COMMIT: '1', PRE_COMMIT_FROM_REF: 'a', PRE_COMMIT_TO_REF: 'b' }
  expect(pushArguments([], env)).toEqual(['scan', '--range', 'a..b'])
  expect(pushArguments([], { PRE_COMMIT: '1' })).toEqual(['scan', '--range', `${'0'.repeat(40)}..HEAD`])
  expect(pushArguments(['origin', 'url'], {})).toEqual(['scan', '--push', 'origin'])
})
