import { symlinkSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openStaged } from '../../../src/adapters/git/staged.ts'
import { type GitRepository, inFolder, makeRepository, temporaryFolder } from '../../support/git-repository.ts'

function changes({ path }: GitRepository) {
  return inFolder(path, () => openStaged().changes())
}

async function changedPaths(repository: GitRepository): Promise<string[]> {
  return (await changes(repository)).changed.map(({ path }) => path)
}

describe('the staged changes', () => {
  it('of a first commit are everything in the index', async () => {
    const repository = makeRepository()
    repository.stage('a', '1')
    repository.stage('sub/with space', '2')
    const { changed, removed } = await changes(repository)
    expect(changed.map(({ path, before }) => [path, before])).toEqual([
      ['a', null],
      ['sub/with space', null],
    ])
    expect(removed).toEqual([])
  })

  it('have the content that HEAD has, for what is changed and what is removed', async () => {
    const repository = makeRepository()
    repository.stage('changed', 'old')
    repository.stage('gone', 'gone')
    repository.stage('same', 'same')
    repository.git('commit', '--quiet', '-m', 'a')
    const id = (name: string) => repository.git('rev-parse', `HEAD:${name}`).trim()
    repository.stage('changed', 'new')
    repository.git('rm', '--quiet', 'gone')
    expect(await changes(repository)).toEqual({
      changed: [
        { path: 'changed', id: repository.git('rev-parse', ':changed').trim(), before: id('changed'), link: false },
      ],
      removed: [{ path: 'gone', id: id('gone'), link: false }],
    })
  })

  it('are a removal and an addition where git would see a rename', async () => {
    const repository = makeRepository()
    repository.git('config', 'diff.renames', 'copies')
    repository.stage('old', 'x\n'.repeat(50))
    repository.git('commit', '--quiet', '-m', 'a')
    repository.git('mv', 'old', 'new')
    const { changed, removed } = await changes(repository)
    expect([changed[0]!.path, changed[0]!.before, removed[0]!.path]).toEqual(['new', null, 'old'])
    expect(changed[0]!.id).toBe(removed[0]!.id)
  })

  it('hold links and changes of mode and type, and no submodule', async () => {
    const inner = makeRepository()
    inner.git('commit', '--quiet', '--allow-empty', '-m', 'a')
    const repository = makeRepository()
    repository.stage('file', 'x')
    repository.stage('script', 'x')
    repository.git('commit', '--quiet', '-m', 'a')
    repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, 'module')
    symlinkSync('target', `${repository.path}/link`)
    repository.git('rm', '--quiet', 'file')
    symlinkSync('target', `${repository.path}/file`)
    repository.git('add', 'link', 'file')
    repository.git('update-index', '--chmod=+x', 'script')
    const { changed } = await changes(repository)
    expect(changed.map(({ path, before, link }) => [path, before === null, link])).toEqual([
      ['.gitmodules', true, false],
      ['file', false, true],
      ['link', true, true],
      ['script', false, false],
    ])
  })

  it('leave out what is only announced with intent-to-add, and conflicts, which git does not commit', async () => {
    const repository = makeRepository()
    repository.stage('a', 'base')
    repository.git('commit', '--quiet', '-m', 'a')
    repository.git('checkout', '--quiet', '-b', 'other')
    repository.stage('a', 'other')
    repository.git('commit', '--quiet', '-m', 'b')
    repository.git('checkout', '--quiet', 'main')
    repository.stage('a', 'main')
    repository.git('commit', '--quiet', '-m', 'c')
    repository.tryGit(['merge', 'other'])
    repository.write('announced', 'x')
    repository.git('add', '--intent-to-add', 'announced')
    expect(repository.git('ls-files', '--unmerged')).not.toBe('')
    expect(await changedPaths(repository)).toEqual([])
  })

  it.each([
    ['color.ui', 'always'],
    ['diff.relative', 'true'],
    ['diff.external', '/bin/false'],
    ['diff.orderFile', '/no/such/file'],
    ['diff.noprefix', 'true'],
    ['diff.mnemonicPrefix', 'true'],
    ['diff.submodule', 'log'],
    ['diff.ignoreSubmodules', 'all'],
    ['diff.interHunkContext', '99'],
    ['core.quotePath', 'true'],
    ['core.abbrev', '7'],
    ['core.pager', '/bin/false'],
    ['log.showSignature', 'true'],
  ])('are the same under %s=%s, from a folder below', async (name, value) => {
    const repository = makeRepository()
    repository.stage('top', '1')
    repository.stage('sub/größe\n', '2')
    repository.git('config', name, value)
    const { changed } = await inFolder(`${repository.path}/sub`, () => openStaged().changes())
    expect(changed.map(({ path }) => path)).toEqual(['sub/größe\n', 'top'])
  })

  it('are told with any name', async () => {
    const repository = makeRepository()
    const names = ['"quoted"', '$(id)', '-n', ':(glob)**', 'a\\b', 'new\nline', 'tab\t', ' blank ', 'größe', '*']
    for (const name of names) repository.stage(name, name)
    expect(new Set(await changedPaths(repository))).toEqual(new Set(names))
  })

  it('cannot be had outside a repository', async () => {
    await expect(inFolder(temporaryFolder(), () => openStaged().changes())).rejects.toMatchObject({ code: 'git' })
  })

  it('need git', async () => {
    const work = async () => {
      process.env.PATH = '/no/such/folder'
      return openStaged().changes()
    }
    await expect(inFolder(temporaryFolder(), work)).rejects.toMatchObject({ code: 'git', message: 'git was not found' })
  })
})

describe('the index', () => {
  it('has what is staged and what is as in HEAD, and no submodule', async () => {
    const repository = makeRepository()
    repository.stage('a', '1')
    repository.git('commit', '--quiet', '-m', 'a')
    repository.stage('b', '2')
    repository.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},module`)
    const tracked = await inFolder(repository.path, () => openStaged().tracked())
    expect(tracked.map(({ path }) => path)).toEqual(['a', 'b'])
  })
})

describe('a file of the index by its path', () => {
  // A variable that is not known here: what it says of the repository, git knows.
  it.each([{}, { GIT_UNHEARD_OF: '1' }])('is its content there, or that there is none (%o)', async (env) => {
    const repository = makeRepository()
    for (const name of ['a.txt', 'a/b', 'größe', 'z']) repository.stage(name, `of ${name}`)
    repository.write('a.txt', 'on disk')
    const names = ['a.txt', 'größe', 'a', 'a/b', 'b', '', 'zz', 'z']
    const texts = await inFolder(repository.path, async () => {
      const found: (string | null)[] = []
      for await (const { bytes } of openStaged(env).read(names.map((name) => `:${name}`)))
        found.push(bytes && Buffer.from(bytes).toString())
      return found
    })
    expect(texts).toEqual(['of a.txt', 'of größe', null, 'of a/b', null, null, null, 'of z'])
  })
})
