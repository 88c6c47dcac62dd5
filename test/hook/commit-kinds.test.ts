import { describe, expect, it } from 'vitest'
import {
  type GitRepository,
  makeRepository,
  openRepositoryAt,
  randomSecret,
  temporaryFolder,
} from '../support/git-repository.ts'
import { commit, commitBefore, installHook, makeHookedRepository } from '../support/hooked-repository.ts'

const secret = `KEY=${randomSecret()}\n`
const BLOCK = 1
const ALLOW = 0

/** A repository with a clean `a.env` and `b.env` in HEAD. */
async function makeGrown(): Promise<GitRepository> {
  const repository = await makeHookedRepository()
  for (const file of ['a.env', 'b.env']) repository.stage(file, 'KEY=changeme\n')
  commitBefore(repository)
  return repository
}

describe('the hook judges what is about to be committed by', () => {
  it('git commit, the first one', async () => {
    const repository = await makeHookedRepository()
    repository.stage('.env', secret)
    expect(commit(repository).status).toBe(BLOCK)
    repository.git('rm', '--quiet', '--cached', '.env')
    repository.stage('a.txt', 'clean')
    expect(commit(repository).status).toBe(ALLOW)
    expect(repository.git('ls-tree', '--name-only', 'HEAD')).toBe('a.txt\n')
  })

  it('git commit -a, which has an index of its own', async () => {
    const repository = await makeGrown()
    repository.write('a.env', secret)
    expect(commit(repository).stderr).toContain('no staged files to look at')
    expect(commit(repository, ['-a']).status).toBe(BLOCK)
    repository.write('a.env', 'KEY=\n')
    expect(commit(repository, ['-a']).status).toBe(ALLOW)
  })

  it('git commit -p, hunk by hunk', async () => {
    const repository = await makeHookedRepository()
    const middle = Array.from({ length: 30 }, (_, line) => `# ${line}\n`).join('')
    repository.stage('a.env', `A=\n${middle}B=\n`)
    commitBefore(repository)
    repository.write('a.env', `A=${randomSecret()}\n${middle}B=changeme\n`)
    const pick = (answers: string) => commit(repository, ['-p'], { input: answers })
    expect(pick('y\nn\n').status).toBe(BLOCK)
    expect(pick('n\ny\n').status).toBe(ALLOW)
    expect(repository.git('show', 'HEAD:a.env')).toBe(`A=\n${middle}B=changeme\n`)
  })

  it('git commit PATH, which leaves the rest of the index aside', async () => {
    const repository = await makeGrown()
    repository.stage('a.env', secret)
    repository.write('b.env', 'KEY=\n')
    expect(commit(repository, ['--', 'a.env']).status).toBe(BLOCK)
    expect(commit(repository, ['--', 'b.env']).status).toBe(ALLOW)
    repository.write('b.env', secret)
    expect(commit(repository, ['--', 'b.env']).status).toBe(BLOCK)
    expect(commit(repository, ['--include', '--', 'b.env']).stderr).toContain('2 findings')
  })

  it('git commit --amend', async () => {
    const repository = await makeGrown()
    repository.stage('a.env', secret)
    expect(commit(repository, ['--amend']).status).toBe(BLOCK)
  })

  it('git commit from a folder below, with the command as it is typed there', async () => {
    const repository = await makeHookedRepository()
    repository.stage('sub/deep/.env', secret)
    const run = commit(repository, [], { cwd: `${repository.path}/sub` })
    expect([run.status, run.stderr]).toEqual([BLOCK, expect.stringContaining('fix: sealward protect deep/.env\n')])
    expect(run.stderr).toContain('sub/deep/.env:1: ')
  })

  it('git commit after git rm, or of nothing at all, which is said', async () => {
    const repository = await makeGrown()
    repository.git('rm', '--quiet', 'a.env')
    expect(commit(repository).stderr).toBe('sealward: no staged files to look at\n')
    expect(commit(repository, ['--allow-empty'])).toMatchObject({
      status: ALLOW,
      stderr: 'sealward: no staged files to look at\n',
    })
  })

  it('a commit in a linked working tree', async () => {
    const repository = await makeGrown()
    const linked = openRepositoryAt(temporaryFolder('linked tree'))
    repository.git('worktree', 'add', '--quiet', '-b', 'linked', linked.path)
    linked.stage('.env', secret)
    repository.stage('clean.txt', 'clean')
    expect(commit(linked).status).toBe(BLOCK)
    expect(commit(repository).status).toBe(ALLOW)
    linked.git('rm', '--quiet', '--cached', '.env')
    linked.write('a.env', secret)
    expect(commit(linked, ['-a']).status).toBe(BLOCK)
  })

  it('a commit in a submodule', async () => {
    const inner = makeRepository()
    commitBefore(inner)
    const outer = makeRepository()
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, 'module')
    const module = openRepositoryAt(`${outer.path}/module`)
    expect(await installHook(module.path)).toMatchObject({ kind: 'installed' })
    module.stage('.env', secret)
    expect(commit(module).status).toBe(BLOCK)
  })

  it('a commit in a repository with SHA-256 ids', async () => {
    const repository = openRepositoryAt(temporaryFolder())
    repository.git('init', '--quiet', '--object-format=sha256')
    await installHook(repository.path)
    repository.stage('.env', secret)
    expect(commit(repository).status).toBe(BLOCK)
  })

  it('the first commit after a merge with a conflict', async () => {
    const repository = await makeGrown()
    repository.git('checkout', '--quiet', '-b', 'other')
    repository.stage('a.env', 'KEY=TODO\n')
    commitBefore(repository)
    repository.git('checkout', '--quiet', 'main')
    repository.stage('a.env', 'KEY=xxx\n')
    commitBefore(repository)
    repository.tryGit(['merge', 'other'])
    expect(commit(repository).status).not.toBe(ALLOW)
    repository.stage('a.env', secret)
    expect(commit(repository).status).toBe(BLOCK)
  })
})

describe('a commit of many files', () => {
  it('is judged whole', async () => {
    const repository = await makeHookedRepository()
    const names = Array.from({ length: 3000 }, (_, index) => `folder-${index % 10}/file-${index}.txt`)
    for (const [index, name] of names.entries()) repository.write(name, `${index}\n`)
    repository.write('folder-5/x.env', secret)
    repository.git('add', '.')
    const run = commit(repository)
    expect([run.status, run.stderr]).toEqual([BLOCK, expect.stringContaining('3001 staged files looked at')])
  })

  it('is judged in bounded memory, and says what it did not read', async () => {
    const repository = await makeHookedRepository()
    repository.stage('big.bin', Buffer.alloc(100 * 1024 * 1024, 'x'))
    repository.stage('z.env', secret)
    const run = commit(repository, [], { env: { NODE_OPTIONS: '--max-old-space-size=64' } })
    expect(run.status).toBe(BLOCK)
    expect(run.stderr).toContain('big.bin: only the first 8 of 100 MiB were looked at\n')
    expect(run.stderr).toContain('z.env:1: ')
  })
})
