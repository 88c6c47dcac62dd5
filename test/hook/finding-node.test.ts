import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type GitRepository,
  makeRepository,
  openRepositoryAt,
  type Run,
  type RunOptions,
  randomSecret,
  runProgram,
  temporaryFolder,
} from '../support/git-repository.ts'
import { commit, commitBefore, installHook, makeHookedRepository, shipped } from '../support/hooked-repository.ts'

const secret = `KEY=${randomSecret()}\n`
const git = runProgram('sh', ['-c', 'command -v git']).stdout.trim()
/** A person without a home, a version manager, or a PATH. */
const bare = {
  PATH: '',
  HOME: '/no/such/home',
  NVM_DIR: undefined,
  FNM_DIR: undefined,
  VOLTA_HOME: undefined,
  ASDF_DATA_DIR: undefined,
}
const USUAL_PLACES = '/usr/local/bin:/opt/homebrew/bin:/usr/bin:/bin'

/** The package as it lies in a user's folder. */
function copyPackage(folder: string): string {
  mkdirSync(join(folder, 'hooks'), { recursive: true })
  copyFileSync(shipped.hook, join(folder, 'hooks', 'pre-commit'))
  chmodSync(join(folder, 'hooks', 'pre-commit'), 0o755)
  cpSync(dirname(shipped.program), join(folder, 'dist'), { recursive: true })
  return folder
}

/** Node, under a name by which its use is seen. */
function place(folder: string, path: string, name = path): void {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `#!/bin/sh\necho "${name} ran"\nexec '${process.execPath}' "$@"\n`, { mode: 0o755 })
}

function withSecret(repository = makeRepository()): GitRepository {
  repository.stage('.env', secret)
  return repository
}

function run(script: string, repository: GitRepository, options: RunOptions = {}): Run {
  return runProgram(script, [], { cwd: repository.path, ...options })
}

describe('the hook runs', () => {
  it('as it was installed, under git, with an empty PATH', async () => {
    const repository = withSecret(await makeHookedRepository())
    const result = runProgram(git, ['commit', '--quiet', '-m', 'a'], { cwd: repository.path, env: bare })
    expect([result.status, result.stderr]).toEqual([1, expect.stringContaining('.env:1: ')])
  })

  it('without PATH at all', async () => {
    const repository = withSecret(await makeHookedRepository())
    expect(
      run(join(repository.path, '.git/hooks/pre-commit'), repository, { env: { ...bare, PATH: undefined } }).status,
    ).toBe(1)
  })

  it('in folders with blanks, quotes and dollars', async () => {
    const folder = temporaryFolder(`it's a "folder" $(of) \`mine\``)
    const repository = openRepositoryAt(join(folder, 'a repository'))
    mkdirSync(repository.path)
    repository.git('init', '--quiet')
    await installHook(repository.path, copyPackage(join(folder, 'the package')))
    const result = runProgram(git, ['commit', '--quiet', '-m', 'a'], { cwd: withSecret(repository).path, env: bare })
    expect([result.status, result.stderr]).toEqual([1, expect.stringContaining('.env:1: ')])
  })

  it('from the package itself, also through links', () => {
    const repository = withSecret()
    const env = { PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` }
    expect(run(shipped.hook, repository, { env }).status).toBe(1)
    const folder = temporaryFolder()
    symlinkSync(shipped.hook, join(folder, 'absolute'))
    symlinkSync('absolute', join(folder, 'relative'))
    symlinkSync('relative', join(folder, 'pre-commit'))
    expect(run(join(folder, 'pre-commit'), repository, { env }).status).toBe(1)
    place(folder, 'versions/node/v22.0.0/bin/node', 'nvm')
    const emptyPath = run(join(folder, 'pre-commit'), repository, { env: { ...bare, NVM_DIR: folder } })
    expect([emptyPath.status, emptyPath.stdout]).toEqual([1, 'nvm ran\n'])
    repository.git('config', 'core.hooksPath', folder)
    expect(commit(repository, [], { env })).toMatchObject({ status: 1 })
  })

  it("from the repository's own node_modules, when the recorded program has gone", async () => {
    const gone = copyPackage(temporaryFolder())
    const repository = makeRepository()
    await installHook(repository.path, gone)
    rmSync(gone, { recursive: true })
    repository.stage('.env', secret)
    expect(commit(repository).stderr).toContain('its program was not found')
    cpSync(copyPackage(temporaryFolder()), join(repository.path, 'node_modules', 'sealward'), { recursive: true })
    expect(commit(repository).stderr).toContain('.env:1: ')
  })

  it('in a linked working tree that has no node_modules, with an empty PATH', async () => {
    const repository = makeRepository()
    const own = join(repository.path, 'node_modules', 'sealward')
    cpSync(copyPackage(temporaryFolder()), own, { recursive: true })
    expect(await installHook(repository.path, own)).toMatchObject({ kind: 'installed' })
    commitBefore(repository)
    const linked = openRepositoryAt(temporaryFolder('a linked tree'))
    repository.git('worktree', 'add', '--quiet', '-b', 'linked', linked.path)
    withSecret(linked)
    const result = runProgram(git, ['commit', '--quiet', '-m', 'a'], { cwd: linked.path, env: bare })
    expect([result.status, result.stderr]).toEqual([1, expect.stringContaining('.env:1: ')])
  })
})

describe('the hook finds Node', () => {
  it.each([
    ['nvm', '.nvm/versions/node/v22.3.0/bin/node'],
    ['volta', '.volta/bin/node'],
    ['fnm', '.local/share/fnm/aliases/default/bin/node'],
    ['fnm of old', '.fnm/aliases/default/bin/node'],
    ['asdf', '.asdf/shims/node'],
    ['mise', '.local/share/mise/shims/node'],
    ['nodenv', '.nodenv/shims/node'],
  ])('where %s puts it', (_, path) => {
    const home = temporaryFolder('a home')
    place(home, path)
    expect(run(shipped.hook, withSecret(), { env: { ...bare, HOME: home } })).toMatchObject({
      status: 1,
      stdout: `${path} ran\n`,
    })
  })

  it.each([
    ['NVM_DIR', 'versions/node/v22.3.0/bin/node'],
    ['FNM_DIR', 'aliases/default/bin/node'],
    ['VOLTA_HOME', 'bin/node'],
    ['ASDF_DATA_DIR', 'shims/node'],
  ])('where %s says it is', (variable, path) => {
    const folder = temporaryFolder()
    place(folder, path)
    const env = { ...bare, [variable]: folder }
    expect(run(shipped.hook, withSecret(), { env }).stdout).toBe(`${path} ran\n`)
  })

  it("in nvm's newest version, and none before 20", () => {
    const folder = temporaryFolder()
    for (const version of ['v8.1.0', 'v9.9.9', 'v18.0.0', 'v20.19.0', 'v24.0.0'])
      place(folder, `versions/node/${version}/bin/node`, version)
    const env = { ...bare, NVM_DIR: folder }
    expect(run(shipped.hook, withSecret(), { env }).stdout).toBe('v24.0.0 ran\n')
    for (const version of ['v20.19.0', 'v24.0.0']) rmSync(join(folder, 'versions/node', version), { recursive: true })
    expect(run(shipped.hook, withSecret(), { env }).stdout).toBe('')
  })

  it('as it was recorded first, then on PATH', async () => {
    const folder = temporaryFolder()
    place(folder, 'bin/node', 'the one on PATH')
    place(folder, 'versions/node/v24.0.0/bin/node', 'the one of nvm')
    const env = { ...bare, PATH: join(folder, 'bin'), NVM_DIR: folder }
    expect(run(shipped.hook, withSecret(), { env }).stdout).toBe('the one on PATH ran\n')
    const repository = withSecret(await makeHookedRepository())
    const recorded = run(join(repository.path, '.git/hooks/pre-commit'), repository, { env })
    expect([recorded.status, recorded.stdout]).toEqual([1, ''])
  })

  it('on PATH behind folders that are relative, as husky puts one there', () => {
    const repository = withSecret()
    place(repository.path, 'node_modules/.bin/node')
    const folder = temporaryFolder()
    place(folder, 'bin/node', 'the absolute one')
    const env = { ...bare, PATH: `node_modules/.bin:${join(folder, 'bin')}` }
    expect(run(shipped.hook, repository, { env }).stdout).toBe('the absolute one ran\n')
  })

  it('never in the repository itself, though PATH may lead there', () => {
    const repository = withSecret()
    place(repository.path, 'node')
    for (const PATH of ['', '.', ':', '/no/such/folder:'])
      expect(run(shipped.hook, repository, { env: { ...bare, PATH } }).stdout).toBe('')
  })
})

describe('the hook refuses the commit, with the one line that mends it,', () => {
  it('when there is no Node in any of the usual places', () => {
    const folder = copyPackage(temporaryFolder())
    const script = join(folder, 'hooks', 'pre-commit')
    const text = readFileSync(script, 'utf8')
    expect(text).toContain(USUAL_PLACES)
    writeFileSync(script, text.replace(USUAL_PLACES, '/no/such/place'))
    const { status, stderr } = run(script, withSecret(), { env: bare })
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/^sealward: Node was not found, .*: run 'sealward install'.*\n$/),
    ])
  })

  it('when its program is not there', () => {
    const folder = copyPackage(temporaryFolder())
    rmSync(join(folder, 'dist'), { recursive: true })
    const { status, stderr } = run(join(folder, 'hooks', 'pre-commit'), withSecret())
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/^sealward: its program was not found, .*: run 'npm ci'.*\n$/),
    ])
  })

  it('when the Node that it finds does not work', () => {
    const home = temporaryFolder()
    place(home, '.volta/bin/node')
    writeFileSync(join(home, '.volta/bin/node'), 'not a program', { mode: 0o755 })
    expect(run(shipped.hook, withSecret(), { env: { ...bare, HOME: home } }).status).not.toBe(0)
  })

  it('and does not take a program of the same name in the repository for its own', async () => {
    const gone = copyPackage(temporaryFolder())
    const repository = makeRepository()
    repository.write('.githooks/.keep', '')
    repository.git('config', 'core.hooksPath', '.githooks')
    await installHook(repository.path, gone)
    rmSync(gone, { recursive: true })
    repository.stage('dist/hook.js', 'process.exit(0)\n')
    expect(commit(repository)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('its program was not found'),
    })
  })
})
