import { chmodSync, existsSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openPlainRepository, type PlainRepository } from '../../../../src/adapters/git/index/repository.ts'
import { readBlobs } from '../../../../src/adapters/git/objects/blobs.ts'
import { parseRawDiff, type RawChange } from '../../../../src/adapters/git/records.ts'
import {
  cleanEnv,
  type GitRepository,
  inFolder,
  makeRepository,
  openRepositoryAt,
  temporaryFolder,
} from '../../../support/git-repository.ts'

const DIFF = ['-c', 'diff.ignoreSubmodules=none', 'diff', '--cached', '--raw', '-z', '--no-abbrev', '--no-renames']

function gitSays(repository: GitRepository): RawChange[] {
  return sorted(parseRawDiff(Buffer.from(repository.git(...DIFF))))
}

function open({ path }: GitRepository, env = cleanEnv): PlainRepository | null {
  return openPlainRepository(path, env)
}

function plainly(repository: GitRepository, env = cleanEnv): RawChange[] | null {
  const changes = open(repository, env)?.changes() ?? null
  return changes && sorted(changes)
}

function sorted(changes: readonly RawChange[]): RawChange[] {
  return [...changes].sort((one, other) => (one.path < other.path ? -1 : 1))
}

const PATHS = [
  'a',
  'a-b',
  'a.b',
  'b/c',
  'b/d/e',
  'b/d/f',
  'b.c/d',
  'b/größe',
  'c/c',
  'c/d',
  'z z',
  'é/"x"\t',
  'b/d',
  'c',
]
const path = fc.constantFrom(...PATHS)

/** What a person does to a repository; the indices are of what there is. */
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('write'), path, text: fc.constantFrom('1', '2', 'x\n'.repeat(3000)) }),
  },
  fc.record({ do: fc.constant('remove'), path, text: fc.constant('') }),
  fc.record({ do: fc.constant('chmod'), path, text: fc.constantFrom('644', '755') }),
  fc.record({ do: fc.constant('link'), path, text: fc.constantFrom('target', 'other') }),
  fc.record({ do: fc.constant('submodule'), path, text: fc.constantFrom('1', '2') }),
  fc.record({ do: fc.constant('announce'), path, text: fc.constant('announced') }),
  fc.record({
    do: fc.constantFrom('commit', 'pack', 'refused', 'version4', 'version2', 'forget', 'hide', 'packrefs'),
    path,
    text: fc.constant(''),
  }),
)
type Step = { readonly do: string; readonly path: string; readonly text: string }

function take(repository: GitRepository, { do: what, path: file, text }: Step): void {
  const full = join(repository.path, file)
  const put = (write: () => void) => {
    try {
      for (let end = file.indexOf('/'); end > 0; end = file.indexOf('/', end + 1))
        clear(join(repository.path, file.slice(0, end)), false)
      clear(full, true)
      repository.write(`${file}`, '')
      write()
    } catch {
      // a step that cannot be taken here is none
    }
  }
  const clear = (place: string, folders: boolean) => {
    if (folders || !existsSync(`${place}/.`)) rmSync(place, { recursive: true, force: true })
  }
  const git = (...args: string[]) => repository.tryGit(args)
  const steps: Readonly<Record<string, () => unknown>> = {
    write: () => {
      put(() => writeFileSync(full, text))
      git('add', '--all', '--', file)
    },
    remove: () => git('rm', '-r', '--quiet', '--force', '--cached', '--', file),
    chmod: () => {
      if (existsSync(full)) chmodSync(full, Number.parseInt(text, 8))
      git('add', '--all', '--', file)
    },
    link: () => {
      put(() => {
        unlinkSync(full)
        symlinkSync(text, full)
      })
      git('add', '--all', '--', file)
    },
    submodule: () => git('update-index', '--add', '--replace', '--cacheinfo', `160000,${text.repeat(40)},${file}`),
    announce: () => {
      git('rm', '-r', '--quiet', '--force', '--cached', '--', file)
      put(() => writeFileSync(full, text))
      git('add', '--intent-to-add', '--', file)
    },
    commit: () => git('commit', '--quiet', '--no-verify', '--allow-empty', '--message', 'a'),
    pack: () => git('gc', '--quiet'),
    packrefs: () => git('pack-refs', '--all'),
    refused: () => {
      repository.write('.git/hooks/pre-commit', '#!/bin/sh\nexit 1\n')
      chmodSync(join(repository.path, '.git/hooks/pre-commit'), 0o755)
      git('commit', '--quiet', '--message', 'a')
    },
    version4: () => git('update-index', '--index-version', '4'),
    version2: () => git('update-index', '--index-version', '2'),
    // Git writes an index without what it knew of folders.
    forget: () => rmSync(join(repository.path, '.git/index'), { force: true }),
    hide: () => git('update-index', '--skip-worktree', '--', file),
  }
  steps[what]?.()
}

describe('An index that is read without git', () => {
  it('differs from HEAD in what git says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const repository = makeRepository()
        repository.git('add', '--all')
        repository.stage('first', 'x')
        for (const each of steps) take(repository, each)
        if (!existsSync(join(repository.path, '.git/index'))) return
        const expected = gitSays(repository)
        const opened = open(repository)
        const changes = opened?.changes() ?? null
        expect(changes && sorted(changes)).toEqual(expected)
        await expectSameBlobs(repository, opened!, expected)
      }),
      { numRuns: process.env.SEALWARD_FULL === '1' ? 300 : 40 },
    )
  })

  async function expectSameBlobs(repository: GitRepository, opened: PlainRepository, changes: readonly RawChange[]) {
    const ids = changes.filter(({ newMode }) => newMode !== '160000' && newMode !== '000000').map(({ newId }) => newId)
    await inFolder(repository.path, async () => {
      for await (const { name, bytes } of readBlobs(ids)) expect(opened.blob(name)).toEqual(bytes)
    })
  }

  it('is that of a linked working tree, and of a commit of some files', () => {
    const repository = makeRepository()
    for (const name of ['a', 'b/c', 'd']) repository.stage(name, name)
    repository.git('commit', '--quiet', '--message', 'a')
    const folder = join(temporaryFolder(), 'linked')
    repository.git('worktree', 'add', '--quiet', folder)
    const linked = openRepositoryAt(folder)
    linked.stage('b/c', 'new')
    expect(plainly(linked)).toEqual(gitSays(linked))
    expect(plainly(linked)).toHaveLength(1)
    const own = linked.git('rev-parse', '--absolute-git-dir').trim()
    expect(plainly(linked, { ...cleanEnv, GIT_DIR: own })).toHaveLength(1)
    const env = { ...cleanEnv, GIT_INDEX_FILE: join(repository.path, '.git', 'index') }
    expect(plainly(linked, env)).toEqual([])
  })

  it.each([
    ['a conflict', conflict],
    ['a split index', (r: GitRepository) => r.git('update-index', '--split-index')],
    [
      'a sparse index',
      (r: GitRepository) => {
        r.git('sparse-checkout', 'init', '--cone', '--sparse-index')
        expect(readFileSync(join(r.path, '.git/index')).includes('sdir')).toBe(true)
      },
    ],
    [
      'a commit that stands for another',
      (r: GitRepository) => r.git('replace', 'HEAD', r.git('commit-tree', '-m', 'x', 'HEAD^{tree}').trim()),
    ],
    [
      'objects that another repository keeps',
      (r: GitRepository) => r.write('.git/objects/info/alternates', `${r.path}/elsewhere\n`),
    ],
    ['an index that breaks off', (r: GitRepository) => cutIndex(r, -30)],
    ['no index', (r: GitRepository) => rmSync(join(r.path, '.git/index'))],
    ['an extension that must be understood', (r: GitRepository) => nameExtension(r, 'tREE')],
    ['a HEAD that leads to no branch', (r: GitRepository) => r.write('.git/HEAD', 'ref: refs/elsewhere/x\n')],
    ['a branch that is broken', (r: GitRepository) => r.write('.git/refs/heads/main', 'x\n')],
  ])('is left to git: %s', (_, prepare) => {
    const repository = makeRepository()
    for (const name of ['a', 'b/c', 'd/e']) repository.stage(name, name)
    repository.git('commit', '--quiet', '--message', 'a')
    repository.stage('b/c', 'new')
    expect(plainly(repository)).toHaveLength(1)
    prepare(repository)
    expect(plainly(repository)).toBeNull()
  })

  it('is left to git when ids are longer', () => {
    const repository = openRepositoryAt(temporaryFolder())
    repository.git('init', '--quiet', '--object-format=sha256')
    repository.stage('a', 'a')
    expect(plainly(repository)).toBeNull()
  })

  it.each(['GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_COMMON_DIR', 'GIT_SOMETHING_NEW'])(
    'is left to git under %s',
    (name) => {
      const repository = makeRepository()
      repository.stage('a', 'a')
      expect(open(repository)).not.toBeNull()
      expect(open(repository, { ...cleanEnv, [name]: 'x' })).toBeNull()
    },
  )

  it('is left to git when it is that of another folder than this', () => {
    const [repository, other] = [makeRepository(), makeRepository()]
    expect(open(repository, { ...cleanEnv, GIT_DIR: join(other.path, '.git') })).toBeNull()
  })

  it('never throws, whatever byte is another', () => {
    const repository = makeRepository()
    for (const name of ['a', 'b/c', 'd/e']) repository.stage(name, name)
    repository.git('commit', '--quiet', '--message', 'a')
    repository.stage('b/c', 'new')
    const file = join(repository.path, '.git/index')
    const index = readFileSync(file)
    fc.assert(
      fc.property(fc.nat(index.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const broken = Buffer.from(index)
        broken[at] = broken[at]! ^ change
        writeFileSync(file, broken)
        plainly(repository)
      }),
      { numRuns: 500 },
    )
  })
})

function conflict(repository: GitRepository): void {
  repository.git('commit', '--quiet', '--message', 'b')
  repository.git('checkout', '--quiet', '-b', 'other', 'HEAD~1')
  repository.stage('b/c', 'another')
  repository.git('commit', '--quiet', '--message', 'c')
  repository.tryGit(['merge', 'main'])
  expect(repository.git('ls-files', '--unmerged')).not.toBe('')
}

function cutIndex({ path: folder }: GitRepository, end: number): void {
  const file = join(folder, '.git/index')
  writeFileSync(file, readFileSync(file).subarray(0, end))
}

function nameExtension({ path: folder }: GitRepository, name: string): void {
  const file = join(folder, '.git/index')
  const bytes = readFileSync(file)
  bytes.write(name, bytes.indexOf('TREE'), 'latin1')
  writeFileSync(file, bytes)
}
