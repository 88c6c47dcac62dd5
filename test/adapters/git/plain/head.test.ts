import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openBudget } from '../../../../src/adapters/git/plain/bounds.ts'
import { findFolders } from '../../../../src/adapters/git/plain/folders.ts'
import { readHead } from '../../../../src/adapters/git/plain/head.ts'
import { type GitRepository, makeRepository, temporaryFolder } from '../../../support/git-repository.ts'

const onWindows = process.platform === 'win32'

function repositoryWithCommit() {
  const repository = makeRepository()
  return { repository, sha: commit(repository) }
}

function commit(repository: GitRepository): string {
  repository.git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '--allow-empty', '--message', 'x')
  return repository.git('rev-parse', 'HEAD').trim()
}

function head(top: string): string | null {
  const budget = openBudget()
  const folders = findFolders(top, budget)
  return folders && readHead(folders, budget)
}

/** Writes below `.git`. */
function writeGit({ path }: GitRepository, file: string, text: string | Uint8Array): void {
  const place = join(path, '.git', file)
  mkdirSync(join(place, '..'), { recursive: true })
  writeFileSync(place, text)
}

describe('what is checked out', () => {
  it.each(['main', 'feature/a-b', 'v1.0', 'user@home', 'a/b/c#1', 'x+y=z,w'])('may be the branch %s', (branch) => {
    const { repository, sha } = repositoryWithCommit()
    repository.git('checkout', '--quiet', '-B', branch)
    expect(head(repository.path)).toBe(sha)
    repository.git('pack-refs', '--all', '--prune')
    expect(head(repository.path)).toBe(sha)
    const second = commit(repository)
    expect(second).not.toBe(sha)
    expect(head(repository.path)).toBe(second)
  })

  it('may be a commit', () => {
    const { repository, sha } = repositoryWithCommit()
    commit(repository)
    repository.git('checkout', '--quiet', '--detach', sha)
    expect(head(repository.path)).toBe(sha)
  })

  it('is another thing in each working tree', () => {
    const { repository, sha } = repositoryWithCommit()
    const tree = join(temporaryFolder(), 'tree')
    repository.git('worktree', 'add', '--quiet', '-b', 'other', tree)
    const second = commit(repository)
    expect([head(repository.path), head(tree)]).toEqual([second, sha])
    repository.git('pack-refs', '--all', '--prune')
    expect([head(repository.path), head(tree)]).toEqual([second, sha])
  })

  it('is that of the submodule in a submodule', () => {
    const inner = repositoryWithCommit()
    const { repository } = repositoryWithCommit()
    repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.repository.path, 'sub')
    expect(head(join(repository.path, 'sub'))).toBe(inner.sha)
  })

  it('is found among packed branches whose names are like it', () => {
    const { repository, sha } = repositoryWithCommit()
    for (const branch of ['x/refs/heads/main', 'main2', 'xmain']) repository.git('branch', branch)
    const second = commit(repository)
    repository.git('tag', '--annotate', '--message', 'x', 'main')
    repository.git('pack-refs', '--all', '--prune')
    expect(head(repository.path)).toBe(second)
    repository.git('checkout', '--quiet', 'main2')
    expect(head(repository.path)).toBe(sha)
  })

  it('in a repository whose git folder is a link is what git says', () => {
    const { repository, sha } = repositoryWithCommit()
    const real = join(temporaryFolder(), 'real')
    renameSync(join(repository.path, '.git'), real)
    if (!onWindows) symlinkSync(real, join(repository.path, '.git'))
    else writeFileSync(join(repository.path, '.git'), `gitdir: ${real}\n`)
    expect(head(repository.path)).toBe(sha)
  })
})

describe('git is asked', () => {
  const id = 'ab'.repeat(20)

  it.each([
    ['no branch yet', 'ref: refs/heads/nothing\n'],
    ['a ref that is no branch', 'ref: refs/remotes/origin/main\n'],
    ['a ref of a ref', 'ref: refs/heads/indirect\n'],
    ['a path that leads out', 'ref: refs/heads/../../../outside\n'],
    ['a hidden name', 'ref: refs/heads/.invalid\n'],
    ['two dots', 'ref: refs/heads/a..b\n'],
    ['the lock of a branch', 'ref: refs/heads/main.lock\n'],
    ['a name that ends in a dot', 'ref: refs/heads/main.\n'],
    ['a name with a space', 'ref: refs/heads/ma in\n'],
    ['a name in other letters', 'ref: refs/heads/größe\n'],
    ['a name that is no text', Buffer.from('ref: refs/heads/gr\xf6\n', 'latin1')],
    ['an absolute path', 'ref: /etc/hostname\n'],
    ['no line end', 'ref: refs/heads/main'],
    ['a line end of Windows', 'ref: refs/heads/main\r\n'],
    ['more lines', `ref: refs/heads/main\n${id}\n`],
    ['more spaces', 'ref:  refs/heads/main\n'],
    ['an id in capitals', `${id.toUpperCase()}\n`],
    ['a short id', `${id.slice(1)}\n`],
    ['nothing', ''],
    ['too much', Buffer.alloc(2_000_000, 'a')],
  ])('when HEAD holds %s', (_, text) => {
    const { repository, sha } = repositoryWithCommit()
    for (const name of ['main.lock', 'a..b', 'main.', 'größe', 'gr\ufffd', '.invalid'])
      writeGit(repository, `refs/heads/${name}`, `${sha}\n`)
    writeGit(repository, 'refs/heads/indirect', 'ref: refs/heads/main\n')
    writeFileSync(join(repository.path, 'outside'), `${sha}\n`)
    expect(head(repository.path)).toBe(sha)
    writeGit(repository, 'HEAD', text)
    expect(head(repository.path)).toBeNull()
  })

  it('when a branch is no id, or there is more than one of it', () => {
    const { repository, sha } = repositoryWithCommit()
    for (const text of ['', 'x', `${sha}`, `${sha} \n`, `${sha}\r\n`]) {
      writeGit(repository, 'refs/heads/main', text)
      expect(head(repository.path)).toBeNull()
    }
    rmSync(join(repository.path, '.git/refs/heads/main'))
    for (const [text, expected] of [
      [`${sha} refs/heads/main\n`, sha],
      [`# pack-refs with: sorted \n${sha} refs/heads/main\n^${id}\n`, sha],
      [`${sha} refs/heads/main\n${id} refs/heads/main\n`, null],
      [`# refs/heads/main\n`, null],
      [`x${sha} refs/heads/main\n`, null],
      [`${sha} refs/heads/main2\n`, null],
      [`${sha}  refs/heads/main\n`, null],
      ['', null],
    ] as const) {
      writeGit(repository, 'packed-refs', text)
      expect(head(repository.path)).toBe(expected)
    }
    mkdirSync(join(repository.path, '.git/refs/heads/main'))
    writeGit(repository, 'packed-refs', `${sha} refs/heads/main\n`)
    expect(head(repository.path)).toBeNull()
  })

  it.skipIf(onWindows)('when HEAD, a branch or the configuration is a link', () => {
    for (const [file, target] of [
      ['HEAD', 'refs/heads/main'],
      ['refs/heads/main', 'main.real'],
      ['config', 'config.real'],
    ] as const) {
      const { repository, sha } = repositoryWithCommit()
      const path = join(repository.path, '.git', file)
      renameSync(path, `${path}.real`)
      symlinkSync(target, path)
      expect(repository.git('rev-parse', 'HEAD').trim()).toBe(sha)
      expect(head(repository.path)).toBeNull()
    }
  })

  it.each([
    ['branches in tables', '[extensions]\n\trefStorage = reftable\n'],
    ['branches in tables, in other letters', '[Extensions] REFSTORAGE=reftable\n'],
    ['a later format', '[core]\n\trepositoryformatversion = 2\n'],
    ['a later format, said last', '[core]\n\trepositoryformatversion = 0\n[core]\nRepositoryFormatVersion\t=2\n'],
  ])('when the configuration tells of %s', (_, config) => {
    const { repository, sha } = repositoryWithCommit()
    for (const usual of ['', '[core]\n\trepositoryformatversion = 1\n', '[extensions]\n\tworktreeConfig = true\n']) {
      writeGit(repository, 'config', usual)
      expect(head(repository.path)).toBe(sha)
    }
    writeGit(repository, 'config', config)
    expect(head(repository.path)).toBeNull()
  })

  it('when a file is too large to be what it is called', () => {
    const { repository, sha } = repositoryWithCommit()
    const comment = Buffer.alloc(1024 * 1024, '#')
    writeGit(repository, 'config', comment)
    expect(head(repository.path)).toBe(sha)
    writeGit(repository, 'config', Buffer.concat([comment, Buffer.from('#')]))
    expect(head(repository.path)).toBeNull()
  })

  it('when the path of the git folder is no text: another folder might have the name that it is read as', () => {
    const { repository, sha } = repositoryWithCommit()
    const top = temporaryFolder()
    renameSync(join(repository.path, '.git'), join(top, 'gr\ufffd'))
    writeFileSync(join(top, '.git'), Buffer.from('gitdir: gr\xf6\n', 'latin1'))
    expect(head(top)).toBeNull()
    renameSync(join(top, 'gr\ufffd'), join(top, 'grö'))
    writeFileSync(join(top, '.git'), 'gitdir: grö\n')
    expect(head(top)).toBe(sha)
  })

  it('when it is no repository', () => {
    const folder = temporaryFolder()
    expect(head(folder)).toBeNull()
    for (const text of ['', 'gitdir:', 'gitdir: ', 'gitdir: nowhere\n', 'gitdir: .git\n', 'gitdir: .\0\n', 'x']) {
      writeFileSync(join(folder, '.git'), text)
      expect(head(folder)).toBeNull()
    }
    const { repository } = repositoryWithCommit()
    for (const text of ['', 'nowhere\n', '../..\n', '\n']) {
      writeGit(repository, 'commondir', text)
      expect(head(repository.path)).toBeNull()
    }
    rmSync(join(repository.path, '.git/commondir'))
    repository.git('checkout', '--quiet', '--detach')
    expect(head(repository.path)).not.toBeNull()
    rmSync(join(repository.path, '.git/refs'), { recursive: true })
    expect(head(repository.path)).toBeNull()
  })
})
