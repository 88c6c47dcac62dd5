import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStagedSource } from '../../../../src/adapters/git/sources/staged.ts'
import { openTree, type TreeOptions } from '../../../../src/adapters/git/sources/tree.ts'
import type { ScanStep } from '../../../../src/tasks/world/scan/source.ts'
import { type GitRepository, inFolder, makeRepository, temporaryFolder } from '../../../support/git-repository.ts'
import { collect, placesOf } from '../../../support/scan-steps.ts'

function steps({ path }: GitRepository, folder = '', options: TreeOptions = {}): Promise<ScanStep[]> {
  return inFolder(path, async () => collect((await openTree(join(path, folder), options))!.steps()))
}

async function names(repository: GitRepository, folder = '', options: TreeOptions = {}): Promise<string[]> {
  const listed = await steps(repository, folder, options)
  return listed.map((step) => ('path' in step ? `${step.kind} ${step.path}` : step.kind)).sort()
}

function commit(repository: GitRepository): void {
  repository.git('commit', '--quiet', '-m', 'a commit')
}

describe('a working tree', () => {
  it('has the files git knows and those it would know, and not those it ignores unless they are tracked', async () => {
    const repository = makeRepository()
    repository.stage('.gitignore', '*.log\n')
    repository.stage('kept.log', 'a')
    repository.stage('folder/tracked', 'a')
    for (const path of ['a.log', 'new', 'line\nend', 'folder/\u00e9 x']) repository.write(path, 'a')
    expect(await names(repository)).toEqual(
      ['.gitignore', 'folder/tracked', 'folder/\u00e9 x', 'kept.log', 'line\nend', 'new'].map(
        (path) => `place ${path}`,
      ),
    )
    expect(await names(repository, 'folder')).toEqual(['place tracked', 'place \u00e9 x'])
  })

  it('lists a path with a conflict once, and a link as a link', async () => {
    const repository = makeRepository()
    const id = repository.tryGit(['hash-object', '-w', '--stdin'], { input: 'a' }).stdout.trim()
    const entries = [1, 2, 3].map((stage) => `100644 ${id} ${stage}\ta\n`).join('')
    repository.tryGit(['update-index', '--index-info'], { input: `${entries}120000 ${id}\tlink\n` })
    expect(await steps(repository)).toEqual([
      { kind: 'place', path: 'a' },
      { kind: 'place', path: 'link', link: true },
    ])
  })

  it('gives what a sparse checkout leaves out by its id', async () => {
    const repository = makeRepository()
    repository.stage('in/a', 'a')
    repository.stage('out/b', 'b')
    commit(repository)
    const id = repository.git('rev-parse', 'HEAD:out/b').trim()
    repository.git('sparse-checkout', 'set', 'in')
    expect(await steps(repository)).toEqual([
      { kind: 'place', path: 'in/a' },
      { kind: 'place', path: 'out/b', id },
    ])
  })

  it('enters submodules and repositories inside only when asked, and says where it does not', async () => {
    const [repository, module] = [makeRepository(), makeRepository()]
    module.stage('inner', 'a')
    commit(module)
    repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', module.path, 'module')
    repository.tryGit(['clone', '--quiet', module.path, 'nested'])
    repository.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},absent`)
    mkdirSync(join(repository.path, 'absent'))
    expect(await names(repository)).toEqual(['place .gitmodules', 'unread absent', 'unread module', 'unread nested'])
    expect(await names(repository, '', { submodules: true })).toEqual([
      'place .gitmodules',
      'place module/inner',
      'place nested/inner',
      'unread absent',
    ])
    rmSync(join(repository.path, 'module/.git'))
    writeFileSync(join(repository.path, 'module/.git'), 'gitdir: nowhere\n')
    expect(await names(repository, '', { submodules: true })).toContain('unread module')
  })

  it('runs no file system monitor of the repository', async () => {
    const repository = makeRepository()
    repository.stage('a', 'a')
    repository.git('config', 'core.fsmonitor', `sh -c 'touch ${repository.path}/sprung'`)
    expect(await names(repository)).toEqual(['place a'])
  })

  it('is none outside of a repository, in a bare one, or inside .git', async () => {
    const repository = makeRepository()
    expect(await inFolder(repository.path, () => openTree(temporaryFolder()))).toBeNull()
    expect(await inFolder(repository.path, () => openTree(join(repository.path, '.git')))).toBeNull()
  })

  it('of 10,000 files is listed whole', async () => {
    const repository = makeRepository()
    const id = repository.tryGit(['hash-object', '-w', '--stdin'], { input: 'a' }).stdout.trim()
    const input = Array.from({ length: 10_000 }, (_, at) => `100644 ${id}\tf/${at}\n`).join('')
    repository.tryGit(['update-index', '--index-info'], { input })
    expect(new Set(await names(repository)).size).toBe(10_000)
  })
})

describe('staged files', () => {
  it('are what the index adds, each with what it replaces or where it was moved from', async () => {
    const repository = makeRepository()
    for (const path of ['changed', 'moved', 'folder/edited', 'same']) repository.stage(path, `${path}\n`)
    commit(repository)
    const [changed, moved, edited] = ['changed', 'moved', 'folder/edited'].map((path) =>
      repository.git('rev-parse', `HEAD:${path}`).trim(),
    )
    repository.stage('changed', 'other')
    repository.git('mv', 'moved', 'renamed')
    repository.git('mv', 'folder/edited', 'edited')
    repository.stage('edited', 'edited\nand more\n')
    repository.write('same', 'only in the working tree')
    symlinkSync('/secret', join(repository.path, 'link'))
    repository.git('add', 'link')
    const found = await inFolder(repository.path, () => placesOf(openStagedSource()))
    expect(found.map(({ path, before, link }) => [path, before, link])).toEqual([
      ['changed', [changed], false],
      ['edited', [edited], false],
      ['link', undefined, true],
      ['renamed', [moved], false],
    ])
  })
})
