import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { deflateSync, inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { compareWithCommit } from '../../../../src/adapters/git/objects/commit-blob.ts'
import type { Comparison } from '../../../../src/core/trust/verdict.ts'
import {
  type GitRepository,
  makeRepository,
  openRepositoryAt,
  randomSecret,
  runProgram,
  temporaryFolder,
} from '../../../support/git-repository.ts'

const FILE = '.env.encrypted'
const onWindows = process.platform === 'win32'

/** A repository with one commit, and what the commit is. */
function committed(files: Readonly<Record<string, string>> = { [FILE]: 'A=1\nB=2\n' }) {
  const repository = makeRepository()
  for (const [path, content] of Object.entries(files)) repository.write(path, content)
  return { repository, sha: commit(repository) }
}

function commit(repository: GitRepository): string {
  repository.git('-c', 'core.autocrlf=false', 'add', '--all')
  repository.git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '--message', 'x')
  return repository.git('rev-parse', 'HEAD').trim()
}

interface How {
  readonly files?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

/** Compares files as they are on disk: once as they are, and once so that git is asked. Both say the same, in every test. */
async function compare(folder: string, sha: string | null, how: How = {}): Promise<Comparison[]> {
  const answers = await compareOnce(folder, sha, how)
  const undo = leaveToGit(folder)
  expect(await compareOnce(folder, sha, how)).toEqual(answers)
  undo()
  return answers
}

function compareOnce(folder: string, sha: string | null, { files = [FILE], env = process.env }: How = {}) {
  return compareWithCommit({
    sha,
    env,
    files: files.map((file) => ({ file, path: join(folder, file), bytes: readFileSync(join(folder, file)) })),
  })
}

/** Lets a repository say that it borrows objects, from nowhere: only git knows what that means. @returns the way back */
function leaveToGit(folder: string): () => void {
  const place = join(folder, '.git')
  if (!existsSync(place)) return () => {}
  const own = statSync(place).isDirectory() ? place : resolve(folder, readFileSync(place, 'utf8').slice(8).trim())
  const pointer = join(own, 'commondir')
  const common = existsSync(pointer) ? resolve(own, readFileSync(pointer, 'utf8').trim()) : own
  const info = join(common, 'objects', 'info')
  if (!existsSync(join(common, 'objects'))) return () => {}
  mkdirSync(info, { recursive: true })
  writeFileSync(join(info, 'alternates'), '')
  return () => rmSync(join(info, 'alternates'))
}

async function outcome(folder: string, sha: string | null, file = FILE): Promise<string | undefined> {
  return (await compare(folder, sha, { files: [file] }))[0]?.blob
}

/** A program that leaves a trace when it runs, and the trace. */
function trap(folder = temporaryFolder()) {
  const script = join(folder, 'trap.sh')
  const trace = join(folder, 'trace')
  writeFileSync(script, `#!/bin/sh\necho ran >> '${trace}'\nexit 1\n`)
  chmodSync(script, 0o755)
  return { script, sprung: () => existsSync(trace) }
}

describe('a file of the working tree', () => {
  it('is the same as in the commit that is checked out', async () => {
    const { repository, sha } = committed()
    expect(await compare(repository.path, sha)).toEqual([{ file: FILE, blob: 'same', head: sha }])
  })

  it('differs when a byte was changed, added or taken away', async () => {
    const { repository, sha } = committed()
    for (const content of ['A=1\nB=3\n', 'A=1\nB=2\n\n', 'A=1\nB=2', '']) {
      repository.write(FILE, content)
      expect(await outcome(repository.path, sha)).toBe('differs')
    }
  })

  it('is held to the commit of the run, not to the one that is checked out or staged', async () => {
    const { repository, sha } = committed()
    repository.write(FILE, 'A=changed\n')
    const other = commit(repository)
    expect(await compare(repository.path, sha)).toEqual([{ file: FILE, blob: 'differs', head: other }])
    expect(await outcome(repository.path, other)).toBe('same')
    repository.git('checkout', '--quiet', sha)
    repository.stage(FILE, 'A=staged\n')
    expect(await outcome(repository.path, sha)).toBe('differs')
  })

  it('is the same in another checkout that left it alone', async () => {
    const { repository, sha } = committed()
    repository.write('src.js', 'changed')
    expect(await compare(repository.path, sha)).toMatchObject([{ blob: 'same' }])
    const other = commit(repository)
    expect(await compare(repository.path, sha)).toEqual([{ file: FILE, blob: 'same', head: other }])
  })

  it('is the same with the line ends of Windows, and differs with a single one too many', async () => {
    const { repository, sha } = committed()
    repository.write(FILE, 'A=1\r\nB=2\r\n')
    expect(await outcome(repository.path, sha)).toBe('same')
    repository.write(FILE, 'A=1\r\r\nB=2\r\n')
    expect(await outcome(repository.path, sha)).toBe('differs')
  })

  it('is the same when the commit itself has those line ends', async () => {
    const { repository, sha } = committed({ [FILE]: 'A=1\r\nB=2\n' })
    expect(await outcome(repository.path, sha)).toBe('same')
  })

  it('is absent when the commit does not have it, or has something else there', async () => {
    const { repository, sha } = committed({ [FILE]: 'A=1\n', 'folder/x': '' })
    repository.write('new.encrypted', 'A=1\n')
    repository.write('folder2/x', '')
    expect(await outcome(repository.path, sha, 'new.encrypted')).toBe('absent')
    expect(await outcome(repository.path, sha, 'folder2/x')).toBe('absent')
    rmSync(join(repository.path, 'folder'), { recursive: true })
    repository.write('folder', 'a file now')
    expect(await outcome(repository.path, sha, 'folder')).toBe('absent')
    rmSync(join(repository.path, FILE))
    repository.write(`${FILE}/x`, 'A=1\n')
    expect(await outcome(repository.path, sha, `${FILE}/x`)).toBe('absent')
  })

  it.each(['a/b/c/.env', 'with space/ü/日本.env', '-n', 'HEAD', 'a"b', 'x/:(top)y'])(
    'is found under the name %s',
    async (path) => {
      const { repository, sha } = committed({ [path]: 'A=1\n', other: 'x' })
      expect(await outcome(repository.path, sha, path)).toBe('same')
      repository.write(path, 'A=2\n')
      expect(await outcome(repository.path, sha, path)).toBe('differs')
    },
  )

  it.skipIf(onWindows)('is found under a name that holds a line end, which git is never told', async () => {
    const name = 'a\nHEAD\nb'
    const { repository, sha } = committed({ [name]: 'A=1\n' })
    expect(await outcome(repository.path, sha, name)).toBe('same')
  })

  it('is found among thousands, and in packs', async () => {
    const many = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`f${index}`, `${index}`]))
    const { repository, sha } = committed({ ...many, [FILE]: 'A=1\n' })
    repository.git('gc', '--quiet')
    expect(readdirSync(join(repository.path, '.git', 'objects', 'pack')).length).toBeGreaterThan(0)
    expect(await outcome(repository.path, sha)).toBe('same')
  })

  it('is compared in the order that was asked for, in several folders and repositories', async () => {
    const outside = temporaryFolder()
    const one = committed()
    const two = committed({ 'sub/x.encrypted': 'X=1\n' })
    writeFileSync(join(outside, 'loose'), '')
    const paths = [
      join(two.repository.path, 'sub/x.encrypted'),
      join(outside, 'loose'),
      join(one.repository.path, FILE),
      join(two.repository.path, 'sub/x.encrypted'),
    ]
    const answers = await compareWithCommit({
      sha: one.sha,
      env: process.env,
      files: paths.map((path, index) => ({ file: String(index), path, bytes: readFileSync(path) })),
    })
    expect(answers.map(({ file, blob }) => `${file} ${blob}`)).toEqual([
      '0 no-commit',
      '1 no-repository',
      '2 same',
      '3 no-commit',
    ])
  })
})

describe('a link', () => {
  it.skipIf(onWindows)('of the commit is followed inside the commit', async () => {
    const { repository } = committed({ 'shared/base.env': 'A=1\n', 'other.env': 'B=1\n' })
    mkdirSync(join(repository.path, 'apps'))
    symlinkSync('../shared/base.env', join(repository.path, 'apps/.env'))
    symlinkSync('shared', join(repository.path, 'folder'))
    const sha = commit(repository)
    expect(await outcome(repository.path, sha, 'apps/.env')).toBe('same')
    expect(await outcome(repository.path, sha, 'folder/base.env')).toBe('same')
    // To another committed file: not what the commit says of this path.
    rmSync(join(repository.path, 'apps/.env'))
    symlinkSync('../other.env', join(repository.path, 'apps/.env'))
    expect(await outcome(repository.path, sha, 'apps/.env')).toBe('differs')
  })

  it.skipIf(onWindows)('that leads out, in a circle or nowhere is no file of the commit', async () => {
    const { repository } = committed()
    for (const [name, target] of [
      ['out', '../x'],
      ['absolute', '/etc/hostname'],
      ['circle', 'circle'],
      ['nowhere', 'nothing'],
    ] as const)
      symlinkSync(target, join(repository.path, name))
    const sha = commit(repository)
    const files = ['out', 'absolute', 'circle', 'nowhere'].map((file) => ({
      file,
      path: join(repository.path, file),
      bytes: new Uint8Array(),
    }))
    const answers = await compareWithCommit({ sha, files, env: process.env })
    expect(answers.map(({ blob }) => blob)).toEqual(['absent', 'absent', 'absent', 'absent'])
  })

  it.skipIf(onWindows)('in the working tree alone does not change which file of the commit counts', async () => {
    const { repository, sha } = committed({ 'a/.env': 'A=1\n', 'b/.env': 'B=1\n' })
    renameSync(join(repository.path, 'a'), join(repository.path, 'was-a'))
    symlinkSync('b', join(repository.path, 'a'))
    expect(await outcome(repository.path, sha, 'a/.env')).toBe('differs')
  })
})

describe('a repository', () => {
  it('may be shallow', async () => {
    const { repository } = committed()
    repository.write('second', '')
    const sha = commit(repository)
    const clone = join(temporaryFolder(), 'clone')
    runProgram('git', ['clone', '--quiet', '--depth=1', `file://${repository.path}`, clone])
    expect(await outcome(clone, sha)).toBe('same')
    expect(await outcome(clone, repository.git('rev-parse', 'HEAD~1').trim())).toBe('no-commit')
  })

  it('may be partial: nothing is fetched, and the blob is not needed', async () => {
    const { repository, sha } = committed()
    repository.git('config', 'uploadpack.allowFilter', 'true')
    const clone = join(temporaryFolder(), 'clone')
    runProgram('git', ['clone', '--quiet', '--filter=blob:none', '--no-checkout', `file://${repository.path}`, clone])
    writeFileSync(join(clone, FILE), 'A=1\nB=2\n')
    rmSync(repository.path, { recursive: true })
    expect(await outcome(clone, sha)).toBe('same')
  })

  it('may be a linked working tree', async () => {
    const { repository, sha } = committed()
    const tree = join(temporaryFolder(), 'tree')
    repository.git('worktree', 'add', '--quiet', '--detach', tree)
    expect(await compare(tree, sha)).toEqual([{ file: FILE, blob: 'same', head: sha }])
  })

  it('may use SHA-256', async () => {
    const repository = openRepositoryAt(temporaryFolder())
    repository.git('init', '--quiet', '--object-format=sha256')
    repository.write(FILE, 'A=1\n')
    const sha = commit(repository)
    expect(sha).toHaveLength(64)
    expect(await outcome(repository.path, sha)).toBe('same')
    repository.write(FILE, 'A=2\n')
    expect(await outcome(repository.path, sha)).toBe('differs')
  })

  it('may have the commit behind a tag', async () => {
    const { repository } = committed()
    repository.git('tag', '--annotate', '--message', 'x', 'v1')
    expect(await outcome(repository.path, repository.git('rev-parse', 'v1').trim())).toBe('same')
  })

  it('of a submodule does not have the commit of the run', async () => {
    const inner = committed().repository
    const { repository } = committed({ README: '' })
    repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, 'sub')
    const sha = commit(repository)
    expect(await outcome(repository.path, sha, `sub/${FILE}`)).toBe('no-commit')
  })

  it('may have no commit yet, and the run may not say its own', async () => {
    const empty = makeRepository()
    empty.write(FILE, '')
    expect(await compare(empty.path, 'a'.repeat(40))).toEqual([{ file: FILE, blob: 'no-commit', head: null }])
    const { repository, sha } = committed()
    expect(await compare(repository.path, null)).toEqual([{ file: FILE, blob: 'no-commit', head: sha }])
    expect(await outcome(repository.path, repository.git('rev-parse', 'HEAD^{tree}').trim())).toBe('no-commit')
  })

  it('that is not there, or none, is an outcome', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, FILE), '')
    expect(await outcome(folder, 'a'.repeat(40))).toBe('no-repository')
    mkdirSync(join(folder, '.git'))
    expect(await outcome(folder, 'a'.repeat(40))).toBe('unreadable')
  })
})

describe('a repository that was made to deceive', () => {
  it('cannot put another commit, tree or file in the place of the one that was asked for', async () => {
    const { repository, sha } = committed()
    repository.write(FILE, 'A=forged\n')
    const forged = commit(repository)
    const objects = join(repository.path, '.git', 'objects')
    const place = (id: string) => join(objects, id.slice(0, 2), id.slice(2))
    repository.git('replace', sha, forged)
    expect(await outcome(repository.path, sha)).toBe('differs')
    repository.git('replace', '--delete', sha)
    for (const what of ['', '^{tree}']) {
      const [real, fake] = [sha, forged].map((id) => repository.git('rev-parse', `${id}${what}`).trim()) as [
        string,
        string,
      ]
      const kept = readFileSync(place(real))
      chmodSync(place(real), 0o644)
      writeFileSync(place(real), readFileSync(place(fake)))
      expect(await outcome(repository.path, sha)).toBe('unreadable')
      writeFileSync(place(real), kept)
    }
    expect(await outcome(repository.path, sha)).toBe('differs')
  })

  it('cannot make a tree that breaks off count', async () => {
    const { repository, sha } = committed()
    const tree = repository.git('rev-parse', 'HEAD^{tree}').trim()
    const path = join(repository.path, '.git', 'objects', tree.slice(0, 2), tree.slice(2))
    const stored = inflateSync(readFileSync(path))
    chmodSync(path, 0o644)
    writeFileSync(path, deflateSync(stored.subarray(0, -8)))
    expect(await outcome(repository.path, sha)).toBe('unreadable')
  })

  it.skipIf(onWindows)('runs no program: fsmonitor, filters, textconv, hooks, aliases, pagers, helpers', async () => {
    const { repository, sha } = committed({ [FILE]: 'A=1\n', '.gitattributes': `* filter=evil diff=evil\n` })
    const { script, sprung } = trap()
    const hooks = join(temporaryFolder(), 'hooks')
    mkdirSync(hooks)
    for (const hook of ['post-checkout', 'post-index-change', 'reference-transaction', 'fsmonitor-watchman'])
      writeFileSync(join(hooks, hook), readFileSync(script), { mode: 0o755 })
    for (const [name, value] of [
      ['core.fsmonitor', script],
      ['core.hooksPath', hooks],
      ['core.pager', script],
      ['core.editor', script],
      ['core.sshCommand', script],
      ['core.gitProxy', script],
      ['core.askPass', script],
      ['core.alternateRefsCommand', script],
      ['pager.cat-file', script],
      ['alias.cat-file', `!${script}`],
      ['filter.evil.clean', script],
      ['filter.evil.smudge', script],
      ['filter.evil.process', script],
      ['filter.evil.required', 'true'],
      ['diff.evil.textconv', script],
      ['diff.evil.command', script],
      ['diff.external', script],
      ['credential.helper', `!${script}`],
    ] as const)
      repository.git('config', name, value)
    expect(await outcome(repository.path, sha)).toBe('same')
    expect(sprung()).toBe(false)
    // The trap works: git itself walks into it.
    repository.tryGit(['status'])
    expect(sprung()).toBe(true)
  })

  it.skipIf(onWindows)('that lacks the tree fetches nothing, by whatever transport it names', async () => {
    for (const url of ['ssh://example.invalid/x', 'ext::%s', 'evil::x', 'https://example.invalid/x']) {
      const { repository, sha } = committed()
      const { script, sprung } = trap()
      const tree = repository.git('rev-parse', 'HEAD^{tree}').trim()
      rmSync(join(repository.path, '.git', 'objects', tree.slice(0, 2), tree.slice(2)))
      for (const [name, value] of [
        ['core.repositoryFormatVersion', '1'],
        ['extensions.partialClone', 'origin'],
        ['remote.origin.promisor', 'true'],
        ['remote.origin.url', url.replace('%s', `${script} %S`)],
        ['core.sshCommand', script],
        ['protocol.allow', 'always'],
        ['protocol.ext.allow', 'always'],
        ['credential.helper', `!${script}`],
      ] as const)
        repository.git('config', name, value)
      expect(await outcome(repository.path, sha)).toBe('unreadable')
      expect(sprung(), url).toBe(false)
      if (!url.startsWith('ssh:')) continue
      // The trap works: without our environment git runs it.
      repository.tryGit(['cat-file', '-p', tree])
      expect(sprung()).toBe(true)
    }
  })
})

describe('the environment', () => {
  it('of an earlier step does not reach git', async () => {
    const { repository, sha } = committed()
    const other = committed({ x: '' }).repository
    const { script, sprung } = trap()
    const env = {
      ...process.env,
      GIT_DIR: join(other.path, '.git'),
      GIT_WORK_TREE: other.path,
      GIT_OBJECT_DIRECTORY: join(other.path, '.git/objects'),
      GIT_NAMESPACE: 'x',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.fsmonitor',
      GIT_CONFIG_VALUE_0: script,
      GIT_TRACE: join(other.path, 'trace'),
      GIT_EXEC_PATH: other.path,
    }
    expect(await compare(repository.path, sha, { env })).toEqual([{ file: FILE, blob: 'same', head: sha }])
    expect(sprung()).toBe(false)
    expect(existsSync(join(other.path, 'trace'))).toBe(false)
  })

  it('without git does for a repository as git leaves it', async () => {
    const { repository, sha } = committed({ a: '1', 'x/b': '2' })
    repository.write('x/b', 'changed')
    const how = { files: ['a', 'x/b'], env: { PATH: temporaryFolder() } }
    const expected = [
      { file: 'a', blob: 'same', head: sha },
      { file: 'x/b', blob: 'differs', head: sha },
    ]
    expect(await compareOnce(repository.path, sha, how)).toEqual(expected)
    repository.git('gc', '--quiet')
    expect(await compareOnce(repository.path, sha, how)).toEqual(expected)
  })

  it('without git is an outcome, for each file, where git is needed', async () => {
    const { repository, sha } = committed({ a: '', b: '' })
    leaveToGit(repository.path)
    const answers = await compareOnce(repository.path, sha, { files: ['a', 'b'], env: { PATH: temporaryFolder() } })
    expect(answers.map(({ file, blob, head }) => [file, blob, head])).toEqual([
      ['a', 'no-git', null],
      ['b', 'no-git', null],
    ])
  })

  it.skipIf(onWindows)(
    'starts one git for a repository that needs it, which sees nothing of the job’s secrets',
    async () => {
      const secret = randomSecret()
      const { repository, sha } = committed({ a: '1', 'x/b': '2', 'x/y/c': '3' })
      const folder = temporaryFolder()
      const log = join(folder, 'log')
      const real = runProgram('sh', ['-c', 'command -v git']).stdout.trim()
      writeFileSync(
        join(folder, 'git'),
        `#!/bin/sh\n/usr/bin/env >> '${log}'\necho "ARGS $*" >> '${log}'\nexec '${real}' "$@"\n`,
        { mode: 0o755 },
      )
      const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, SEALWARD_KEY: secret, INPUT_KEY: secret }
      const answers = await compare(repository.path, sha, { files: ['a', 'x/b', 'x/y/c'], env })
      expect(answers.map(({ blob }) => blob)).toEqual(['same', 'same', 'same'])
      const said = readFileSync(log, 'utf8')
      expect(said.match(/^ARGS /gm)).toHaveLength(1)
      expect(said).not.toContain(secret)
      expect(said).not.toMatch(/^HOME=/m)
    },
  )

  it.skipIf(onWindows)('may be a container’s, where somebody else owns the repository', async () => {
    const { repository, sha } = committed()
    const folder = temporaryFolder()
    const real = runProgram('sh', ['-c', 'command -v git']).stdout.trim()
    writeFileSync(join(folder, 'git'), `#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec '${real}' "$@"\n`, {
      mode: 0o755,
    })
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` }
    // What git itself says to that.
    expect(runProgram(join(folder, 'git'), ['-C', repository.path, 'status']).stderr).toContain('dubious ownership')
    expect(await compare(repository.path, sha, { env })).toMatchObject([{ blob: 'same' }])
  })
})
