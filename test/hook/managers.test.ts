import { cpSync, mkdirSync, symlinkSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { HOOKS } from '../../src/core/hook-name.ts'
import { itWith } from '../peers.ts'
import {
  type GitRepository,
  makeRepository,
  packageRoot,
  type Run,
  randomSecret,
  runProgram,
  temporaryFolder,
} from '../support/git-repository.ts'
import { commit, commitBefore, installHook } from '../support/hooked-repository.ts'
import { armored } from '../support/private-keys.ts'
import { madeToken } from '../support/token.ts'

const secret = `KEY=${randomSecret()}\n`
const PATH = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`

/** What every way of running the hook has to do: judge the index, and nothing else. */
function expectGuarded(repository: GitRepository, env: Readonly<Record<string, string>> = {}): void {
  const attempt = () => commit(repository, [], { env: { PATH, ...env } })
  commitBefore(repository) // lefthook cannot set unstaged changes aside before there is a commit
  repository.stage('sub/.env', secret)
  repository.write('sub/.env', 'KEY=\n')
  const refused = attempt()
  expect([refused.status, refused.stderr + refused.stdout]).toEqual([
    1,
    expect.stringContaining('sub/.env:1: one value in plain text'),
  ])
  repository.stage('sub/.env', 'KEY=changeme\n')
  repository.write('sub/.env', secret)
  repository.stage('with blank.txt', 'clean')
  expect(attempt()).toMatchObject({ status: 0 })
}

async function snippetFor(repository: GitRepository, packageFolder = packageRoot): Promise<string> {
  const outcome = await installHook(repository.path, packageFolder)
  if (outcome.kind !== 'managed') throw new Error(`no manager was found: ${outcome.kind}`)
  return outcome.managers.map(({ snippet }) => snippet).join('')
}

/** All hooks, one after the other: each has to be heard. */
function expectAllRun(repository: GitRepository, env: Readonly<Record<string, string>>): void {
  const options = { env: { PATH, ...env } }
  const git = (...args: string[]) => repository.tryGit(args, options)
  const said = ({ status, stderr, stdout }: Run) => [status, stderr + stdout]
  const remote = temporaryFolder('remote.git')
  repository.git('init', '--quiet', '--bare', remote)
  repository.git('remote', 'add', 'origin', remote)
  commitBefore(repository)
  repository.stage('.env', secret)
  expect(said(git('commit', '--message', 'a'))).toEqual([1, expect.stringContaining('.env:1: one value')])
  repository.stage('.env', 'KEY=changeme\n')
  expect(said(git('commit', '--message', madeToken()))).toEqual([1, expect.stringContaining('(commit message):1: ')])
  expect(git('commit', '--message', 'clean').status).toBe(0)
  expect(git('push', 'origin', 'HEAD').status).toBe(0)
  repository.git('checkout', '--quiet', '-b', 'other')
  repository.stage('.env', secret)
  commitBefore(repository)
  expect(said(git('push', 'origin', 'HEAD'))).toEqual([1, expect.stringContaining('.env:1')])
  repository.git('checkout', '--quiet', 'main')
  commitBefore(repository)
  expect(said(git('merge', '--no-edit', 'other'))).toEqual([1, expect.stringContaining('.env:1: one value')])
}

/** What the files of a manager are to have, for all hooks. */
async function snippetsFor(repository: GitRepository): Promise<readonly (readonly [string, string])[]> {
  const outcome = await installHook(repository.path, packageRoot, HOOKS)
  if (outcome.kind !== 'managed') throw new Error(`no manager was found: ${outcome.kind}`)
  return outcome.managers.map(({ file, snippet }) => [file, snippet!])
}

describe('husky', () => {
  it('runs all hooks by the lines that `install` prints', async () => {
    const repository = makeRepository()
    const env = { HOME: temporaryFolder('home'), HUSKY: undefined }
    const husky = join(packageRoot, 'node_modules', 'husky', 'bin.js')
    expect(runProgram(process.execPath, [husky], { cwd: repository.path, env })).toMatchObject({ status: 0 })
    for (const [file, snippet] of await snippetsFor(repository)) repository.write(file, snippet)
    expectAllRun(repository, { HOME: env.HOME })
  })

  it('runs the hook by the line that `install` prints', async () => {
    const repository = makeRepository()
    const env = { HOME: temporaryFolder('home'), HUSKY: undefined }
    const husky = join(packageRoot, 'node_modules', 'husky', 'bin.js')
    expect(runProgram(process.execPath, [husky], { cwd: repository.path, env })).toMatchObject({ status: 0 })
    repository.write('.husky/pre-commit', await snippetFor(repository))
    expectGuarded(repository, { HOME: env.HOME })
  })

  it("runs it in this package's own repository", () => {
    const repository = makeRepository()
    const husky = join(packageRoot, 'node_modules', 'husky', 'bin.js')
    for (const part of ['.husky/pre-commit', 'hooks', 'dist'])
      cpSync(join(packageRoot, part), join(repository.path, part), { recursive: true })
    expect(runProgram(process.execPath, [husky], { cwd: repository.path, env: { HUSKY: undefined } })).toMatchObject({
      status: 0,
    })
    expectGuarded(repository, { HOME: temporaryFolder('home') })
  })
})

describe('lefthook', () => {
  itWith('lefthook', 'runs all hooks by the lines that `install` prints', async (lefthook) => {
    const repository = makeRepository()
    repository.write('lefthook.yml', '')
    for (const [file, snippet] of await snippetsFor(repository)) repository.write(file, snippet)
    const env = { HOME: temporaryFolder('home'), LEFTHOOK_BIN: lefthook, PATH, CI: undefined, LEFTHOOK: undefined }
    expect(runProgram(lefthook, ['install'], { cwd: repository.path, env })).toMatchObject({ status: 0 })
    expectAllRun(repository, { HOME: env.HOME, LEFTHOOK_BIN: lefthook })
  })

  itWith('lefthook', 'runs the hook by the lines that `install` prints', async (lefthook) => {
    const repository = makeRepository()
    repository.write('lefthook.yml', '')
    repository.write('lefthook.yml', await snippetFor(repository))
    const env = { HOME: temporaryFolder('home'), LEFTHOOK_BIN: lefthook, PATH, CI: undefined, LEFTHOOK: undefined }
    expect(runProgram(lefthook, ['install'], { cwd: repository.path, env })).toMatchObject({ status: 0 })
    expectGuarded(repository, { HOME: env.HOME, LEFTHOOK_BIN: lefthook })
  })
})

describe('pre-commit', () => {
  /** This repository as a tag of it is cloned: what is committed, as far as the hooks use it. */
  function publish(): string {
    const source = makeRepository(temporaryFolder('published'))
    for (const part of ['.pre-commit-hooks.yaml', 'hooks', 'dist', 'package.json'])
      cpSync(join(packageRoot, part), join(source.path, part), { recursive: true })
    source.git('add', '--force', '.')
    commitBefore(source)
    source.git('tag', 'v1.2.3')
    return source.path
  }

  function configure(repository: GitRepository, id: string) {
    const config = `repos:\n  - repo: ${publish()}\n    rev: v1.2.3\n    hooks:\n      - id: ${id}\n`
    repository.stage('.pre-commit-config.yaml', config)
    const home = temporaryFolder('cache')
    return { PATH, PRE_COMMIT_HOME: home, HOME: process.env.HOME }
  }

  for (const id of ['sealward', 'sealward-node'])
    itWith('pre-commit', `runs the hook ${id}`, (preCommit) => {
      const repository = makeRepository()
      const env = configure(repository, id)
      expect(runProgram(preCommit, ['install'], { cwd: repository.path, env })).toMatchObject({ status: 0 })
      expectGuarded(repository, env as Record<string, string>)
    })

  for (const suffix of ['', '-node'])
    itWith('pre-commit', `runs all hooks, as sealward${suffix}`, async (preCommit) => {
      const repository = makeRepository()
      repository.write('.pre-commit-config.yaml', '')
      const [[file, snippet] = ['', '']] = await snippetsFor(repository)
      const config = snippet
        .replace(/repo: .*/, `repo: ${publish()}`)
        .replaceAll('id: sealward', `id: sealward${suffix}`)
      repository.stage(file, config)
      const env = { PATH, PRE_COMMIT_HOME: temporaryFolder('cache'), HOME: process.env.HOME! }
      expect(runProgram(preCommit, ['install'], { cwd: repository.path, env })).toMatchObject({ status: 0 })
      expectAllRun(repository, env)
    })

  itWith('pre-commit', 'has a push looked at by hand, and never passes on nothing', (preCommit) => {
    const repository = makeRepository()
    const env = configure(repository, 'sealward-pre-push')
    repository.stage('old.env', secret)
    commitBefore(repository)
    const run = runProgram(preCommit, ['run', '--all-files', '--hook-stage', 'pre-push'], { cwd: repository.path, env })
    expect([run.status, run.stdout]).toEqual([1, expect.stringContaining('old.env:1')])
  })

  itWith('pre-commit', 'has all files looked at, and never passes on nothing', (preCommit) => {
    const repository = makeRepository()
    const env = configure(repository, 'sealward')
    const run = (...args: string[]) =>
      runProgram(preCommit, ['run', '--verbose', ...args], { cwd: repository.path, env })
    repository.stage('old.env', secret)
    commitBefore(repository)
    const all = run('--all-files')
    expect([all.status, all.stdout]).toEqual([1, expect.stringContaining('old.env:1: ')])
    expect(all.stdout).toContain('2 named files looked at')
    const range = run('--from-ref', 'HEAD', '--to-ref', 'HEAD')
    expect(range.stdout).toContain('(no files to check)Skipped')
    repository.write('untracked.env', secret)
    const untracked = run('--files', 'untracked.env')
    expect([untracked.status, untracked.stdout]).toEqual([
      1,
      expect.stringContaining('none of the files named is in the index'),
    ])
    repository.git('rm', '--quiet', '--cached', 'old.env')
    expect(run('--all-files')).toMatchObject({ status: 0, stdout: expect.stringContaining('1 named file looked at') })
  })

  itWith('pre-commit', 'hands over links and any name', (preCommit) => {
    const repository = makeRepository()
    const env = configure(repository, 'sealward')
    const target = armored('-----BEGIN PRIVATE KEY-----', '-----END PRIVATE KEY-----').replaceAll('/', '+')
    mkdirSync(join(repository.path, 'sub'))
    symlinkSync(target, join(repository.path, 'sub', 'link'))
    for (const name of ['-n.env', 'größe.env', 'new\nline.env']) repository.stage(name, secret)
    repository.git('add', 'sub/link')
    const { stdout } = runProgram(preCommit, ['run'], { cwd: repository.path, env })
    expect(stdout).toContain('sub/link:1: a private key (PKCS #8) [private-key]')
    expect(stdout).toContain('4 findings')
  })
})
