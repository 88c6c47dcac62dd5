import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openHistory } from '../../../../src/adapters/git/sources/history.ts'
import { openObjectReader } from '../../../../src/adapters/git/sources/plumbing/objects.ts'
import type { ScanMark, ScanStep } from '../../../../src/tasks/world/scan/source.ts'
import {
  type GitRepository,
  inFolder,
  makeRepository,
  openRepositoryAt,
  randomSecret,
  temporaryFolder,
} from '../../../support/git-repository.ts'
import { collect, placesOf, readAll, unreadOf } from '../../../support/scan-steps.ts'

function places({ path }: GitRepository) {
  return inFolder(path, () => placesOf(openHistory()))
}

function steps({ path }: GitRepository): Promise<ScanStep[]> {
  return inFolder(path, () => collect(openHistory().steps()))
}

/** What is left behind a cursor, null where the history is another one. */
function rest({ path }: GitRepository, cursor: string): Promise<ScanStep[] | null> {
  return inFolder(path, async () => {
    const source = await openHistory().from!(cursor)
    return source === null ? null : collect(source.steps())
  })
}

function isPlace({ kind }: ScanStep): boolean {
  return kind === 'place'
}

/** The slow plain answer: everything git reaches, asked for its type one by one. */
function reachable(repository: GitRepository): string[] {
  const objects = repository.git('--no-replace-objects', 'rev-list', '--objects', '--all').split('\n').filter(Boolean)
  const input = objects.map((line) => `${line.split(' ')[0]}\n`).join('')
  const { stdout } = repository.tryGit(['cat-file', '--batch-check'], { input })
  const blobs = stdout.split('\n').filter((line) => line.includes(' blob '))
  return blobs.map((line) => line.split(' ')[0]!).sort()
}

function commit(repository: GitRepository, ...options: string[]): string {
  repository.git('commit', '--quiet', '--allow-empty', '-m', 'a commit', ...options)
  return repository.git('rev-parse', 'HEAD').trim()
}

function store(repository: GitRepository, content: string): string {
  return repository.tryGit(['hash-object', '-w', '--stdin'], { input: content }).stdout.trim()
}

describe('history', () => {
  it('has every content once, with the commit and the name that brought it', async () => {
    const repository = makeRepository()
    repository.stage('a', 'one')
    const first = commit(repository)
    repository.stage('folder/b', 'one')
    repository.stage('a', 'two')
    const second = commit(repository)
    repository.git('rm', '--quiet', 'a')
    commit(repository)
    const found = (await places(repository)).map(({ path, origin }) => [path, origin?.commit])
    expect(found).toEqual([
      ['a', first],
      ['a', second],
    ])
    expect((await places(repository)).map(({ id }) => id).sort()).toEqual(reachable(repository))
  })

  it('is empty in a repository without commits, which is no error', async () => {
    expect(await places(makeRepository())).toEqual([])
  })

  it('has what was slipped into a merge, and what an octopus merge brought together', async () => {
    const repository = makeRepository()
    repository.stage('base', 'base')
    commit(repository)
    for (const branch of ['x', 'y', 'z']) {
      repository.git('checkout', '--quiet', '-b', branch, 'main')
      repository.stage(branch, branch)
      commit(repository)
    }
    repository.git('checkout', '--quiet', 'main')
    repository.git('merge', '--quiet', '--no-commit', '--no-ff', 'x', 'y', 'z')
    const secret = randomSecret()
    repository.stage('evil', secret)
    repository.stage('base', `${secret} too`)
    const merge = commit(repository)
    const ofMerge = (await places(repository)).filter(({ origin }) => origin?.commit === merge)
    expect(ofMerge.map(({ path }) => path).sort()).toEqual(['base', 'evil'])
    expect((await places(repository)).map(({ id }) => id).sort()).toEqual(reachable(repository))
  })

  it('reaches what no commit holds: tags of trees and blobs, tags of tags, notes, and a detached HEAD', async () => {
    const repository = makeRepository()
    repository.stage('a', 'a')
    commit(repository)
    repository.git('notes', 'add', '-m', 'a note')
    const blob = store(repository, 'only in a tag')
    repository.git('tag', 'light', blob)
    repository.git('tag', '-a', '-m', 'm', 'inner', blob)
    repository.git('tag', '-a', '-m', 'm', 'outer', 'inner')
    const hidden = store(repository, 'only in a tagged tree')
    const { stdout } = repository.tryGit(['mktree'], { input: `100644 blob ${hidden}\tx y\n` })
    repository.git('tag', 'tree', stdout.trim())
    repository.git('checkout', '--quiet', '--detach')
    repository.stage('b', 'detached')
    commit(repository)
    const found = await places(repository)
    expect(found.map(({ id }) => id).sort()).toEqual(reachable(repository))
    expect(found.find(({ id }) => id === hidden)).toMatchObject({ path: 'x y' })
  })

  it('is what will be published: replacements and grafts change nothing', async () => {
    const repository = makeRepository()
    repository.stage('a', 'secret')
    const root = commit(repository)
    const id = repository.git('rev-parse', 'HEAD:a').trim()
    repository.stage('a', 'clean')
    const tip = commit(repository)
    repository.git('replace', id, repository.git('rev-parse', 'HEAD:a').trim())
    repository.git('replace', '--graft', tip)
    repository.write('.git/info/grafts', `${tip}\n`)
    const found = await places(repository)
    const hidden = found.filter((place) => place.id === id)
    expect(hidden.map(({ origin }) => origin?.commit)).toEqual([root])
    const answers = await inFolder(repository.path, () => readAll(openObjectReader(), hidden))
    expect(answers).toMatchObject([{ text: 'secret' }])
  })

  it('runs no program that the repository names', async () => {
    const repository = makeRepository()
    repository.write('trap', '#!/bin/sh\ntouch "$(dirname "$0")/sprung"\ncat 2>/dev/null || true\n')
    repository.git('update-index', '--chmod=+x', '--add', 'trap')
    const trap = `sh ${repository.path}/trap`
    repository.write('.gitattributes', '* diff=x filter=x -text\n*.bin -diff\n')
    repository.write('a.bin', 'a')
    repository.git('add', '.')
    commit(repository)
    const settings = ['diff.external', 'diff.x.command', 'diff.x.textconv', 'filter.x.smudge', 'filter.x.clean']
    for (const name of [...settings, 'core.fsmonitor', 'core.pager', 'gpg.program', 'credential.helper'])
      repository.git('config', name, trap)
    repository.git('config', 'log.showSignature', 'true')
    repository.git('config', 'diff.orderFile', 'nowhere')
    repository.git('config', 'color.ui', 'always')
    const found = await places(repository)
    await inFolder(repository.path, () => readAll(openObjectReader(), found))
    expect(found.map(({ path }) => path)).toEqual(['.gitattributes', 'a.bin', 'trap'])
    expect(repository.tryGit(['--version'], { cwd: repository.path }).status).toBe(0)
    expect(await inFolder(repository.path, async () => (await import('node:fs')).existsSync('sprung'))).toBe(false)
  })

  it('keeps names as they are, with their bytes where they are not UTF-8', async () => {
    const repository = makeRepository()
    const blob = store(repository, 'a')
    const other = store(repository, 'b')
    const input = Buffer.concat([
      Buffer.from(`100644 ${blob}\tline\nend\x00100644 ${other}\tlatin-`),
      Buffer.from([0xe9]),
      Buffer.from('\0'),
    ])
    repository.tryGit(['update-index', '-z', '--index-info'], { input })
    commit(repository)
    const found = await places(repository)
    expect(found.map(({ path }) => path).sort()).toEqual(['latin-\ufffd', 'line\nend'])
    expect(Buffer.from(found.find(({ rawPath }) => rawPath)!.rawPath!).toString('latin1')).toBe('latin-\u00e9')
  })

  it('knows links, and says of submodules, once, that only their pointer is there', async () => {
    const repository = makeRepository()
    repository.tryGit(['update-index', '--index-info'], { input: `120000 ${store(repository, '/target')}\tlink\n` })
    for (const digit of ['1', '2']) {
      repository.git('update-index', '--add', '--cacheinfo', `160000,${digit.repeat(40)},module`)
      commit(repository)
    }
    expect(await places(repository)).toMatchObject([{ path: 'link', link: true }])
    const unread = await inFolder(repository.path, () => unreadOf(openHistory()))
    expect(unread.map(({ path, why }) => [path, why.split(':')[0]])).toEqual([['module', 'a submodule']])
  })

  it('works in a bare repository, a linked working tree, with alternates, and with SHA-256', async () => {
    for (const format of ['sha1', 'sha256']) {
      const repository = openRepositoryAt(temporaryFolder())
      repository.git('init', '--quiet', `--object-format=${format}`)
      repository.stage('a', 'a')
      commit(repository)
      const folder = temporaryFolder()
      repository.git('clone', '--quiet', '--bare', '--shared', repository.path, `${folder}/bare`)
      repository.git('worktree', 'add', '--quiet', '--detach', `${folder}/linked`)
      for (const path of [repository.path, `${folder}/bare`, `${folder}/linked`])
        expect((await places(openRepositoryAt(path))).map(({ id }) => id)).toEqual(reachable(repository))
    }
  })

  it('says that a clone is shallow, and has what is there', async () => {
    const repository = makeRepository()
    repository.stage('a', 'old')
    commit(repository)
    repository.stage('a', 'new')
    commit(repository)
    const clone = `${temporaryFolder()}/clone`
    repository.git('clone', '--quiet', '--depth=1', `file://${repository.path}`, clone)
    const shallow = openRepositoryAt(clone)
    expect((await places(shallow)).map(({ id }) => id)).toEqual(reachable(shallow))
    const [unread] = await inFolder(clone, () => unreadOf(openHistory()))
    expect(unread!.why).toMatch(/shallow/)
  })

  it.each(['blob:none', 'tree:0'])(
    'of a clone with --filter=%s fetches nothing and says what is lacking',
    async (filter) => {
      const repository = makeRepository()
      repository.git('config', 'uploadpack.allowFilter', 'true')
      repository.stage('folder/a', 'old')
      commit(repository)
      repository.stage('folder/a', 'new')
      commit(repository)
      const clone = `${temporaryFolder()}/clone`
      repository.git('clone', '--quiet', `--filter=${filter}`, `file://${repository.path}`, clone)
      const partial = openRepositoryAt(clone)
      const before = partial.git('count-objects', '-v')
      const found = await places(partial)
      const answers = await inFolder(clone, () => readAll(openObjectReader(), found))
      expect(answers.map(({ text }) => text)).toEqual(['new'])
      const unread = await inFolder(clone, () => unreadOf(openHistory()))
      expect(unread.some(({ why }) => why.startsWith('a partial clone'))).toBe(true)
      expect(partial.git('count-objects', '-v')).toBe(before)
    },
  )

  it('goes on where a scan stopped, also after branches moved, and not when older commits came', async () => {
    const repository = makeRepository()
    repository.stage('a', 'one')
    commit(repository)
    const marks = (await steps(repository)).filter((step): step is ScanMark => step.kind === 'mark')
    expect(marks.at(-1)).toMatchObject({ done: 1, total: 1 })
    const cursor = marks.at(-1)!.cursor!
    repository.git('checkout', '--quiet', '-b', 'side')
    repository.stage('b', 'two')
    commit(repository)
    expect((await rest(repository, cursor))?.filter(({ kind }) => kind === 'place')).toMatchObject([{ path: 'b' }])
    expect(await rest(repository, cursor.replace('whole', '0'.repeat(16)))).toBeNull()
    expect(await rest(repository, `1:whole:${'1'.repeat(40)}`)).toBeNull()
    expect(await rest(repository, '--exec=x')).toBeNull()
  })

  it('does not go on in a history that was rewritten', async () => {
    const repository = makeRepository()
    for (const name of ['a', 'b']) {
      repository.stage(name, name)
      commit(repository)
    }
    const cursor = (await steps(repository)).findLast((step) => step.kind === 'mark')!.cursor!
    repository.git('commit', '--quiet', '--amend', '-m', 'another')
    expect(await rest(repository, cursor)).toBeNull()
  })

  it('knows a file that comes back after an interruption, by whatever name', async () => {
    const repository = makeRepository()
    repository.stage('a', 'one')
    commit(repository)
    const cursor = (await steps(repository)).findLast((step) => step.kind === 'mark')!.cursor!
    repository.stage('.env', 'one')
    commit(repository)
    expect((await rest(repository, cursor))?.filter(isPlace)).toEqual([])
  })

  it('is whole after any interruption: what was listed before a mark and what its cursor leaves over', async () => {
    const repository = makeRepository()
    const commits = Array.from({ length: 600 }, (_, at) => {
      const data = `content ${at}`
      return `commit refs/heads/b${at % 3}\ncommitter A <a@b> ${1_000_000_000 + at} +0000\ndata 1\nm\nM 100644 inline f${at % 50}\ndata ${data.length}\n${data}\n`
    })
    repository.tryGit(['fast-import', '--quiet'], { input: commits.join('') })
    const all = await steps(repository)
    const at = all.findIndex((step) => step.kind === 'mark')
    const mark = all[at] as ScanMark
    expect(mark).toMatchObject({ done: 256, total: 600 })
    const left = (await rest(repository, mark.cursor!)) ?? []
    expect([...all.slice(0, at), ...left].filter(isPlace)).toEqual(all.filter(isPlace))
    const ids = [...all.slice(0, at), ...left].flatMap((step) => (step.kind === 'place' ? [step.id!] : []))
    expect(ids.sort()).toEqual(reachable(repository))
  })

  it('of any shape has exactly the blobs that git reaches, each once', async () => {
    const change = fc.record({
      branch: fc.integer({ min: 0, max: 3 }),
      path: fc.constantFrom('a', 'b', 'd/c', 'd/e/f', 'a b', 'é'),
      content: fc.integer({ min: 0, max: 9 }),
      merge: fc.option(fc.integer({ min: 0, max: 3 }), { nil: null }),
      remove: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 25 }), async (changes) => {
        const repository = makeRepository()
        const started = new Set<number>()
        const stream = changes.map(({ branch, path, content, merge, remove }, at) => {
          const merged = merge !== null && merge !== branch && started.has(merge) && started.has(branch)
          started.add(branch)
          return [
            `commit refs/heads/b${branch}\ncommitter A <a@b> ${1_000_000_000 + at} +0000\ndata 1\nm`,
            ...(merged ? [`merge refs/heads/b${merge}`] : []),
            remove && !merged ? `D ${path}` : `M 100644 inline ${path}\ndata 1\n${content}`,
            '',
          ].join('\n')
        })
        const { status, stderr } = repository.tryGit(['fast-import', '--quiet'], { input: stream.join('\n') })
        expect(stderr).toBe('')
        expect(status).toBe(0)
        expect((await places(repository)).map(({ id }) => id!).sort()).toEqual(reachable(repository))
      }),
      { numRuns: 15 },
    )
  }, 60_000)
})
