import { chmodSync, copyFileSync, cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type GitRepository, makeRepository, packageRoot, type Run, type RunOptions, randomSecret, runProgram, temporaryFolder } from '../support/git-repository.ts'
import { commit, installHook, makeHookedRepository, shipped } from '../support/hooked-repository.ts'

const secret = `KEY=${randomSecret()}\n`
const git = ['/usr/bin/git', '/usr/local/bin/git', '/opt/homebrew/bin/git'].find((path) => runProgram('test', ['-x', path]).status === 0)!
/** A person without a home, a version manager, or a PATH. */
const bare = { PATH: '', HOME: '/no/such/home', NVM_DIR: undefined, FNM_DIR: undefined, VOLTA_HOME: undefined, ASDF_DATA_DIR: undefined }

/** The package as it lies in a user's folder. */
function copyPackage(folder: string): string {
  mkdirSync(join(folder, 'hooks'), { recursive: true })
  copyFileSync(shipped.hook, join(folder, 'hooks', 'pre-commit'))
  chmodSync(join(folder, 'hooks', 'pre-commit'), 0o755)
  cpSync(dirname(shipped.program), join(folder, 'dist'), { recursive: true })
  return folder
}

function withSecret(): GitRepository {
  const repository = makeRepository()
  repository.stage('.env', secret)
  return repository
}

function run(script: string, repository: GitRepository, options: RunOptions = {}): Run {
  return runProgram(script, [], { cwd: repository.path, ...options })
}

describe('the hook runs', () => {
  it('as it was installed, under git, with an empty PATH', async () => {
    const repository = await makeHookedRepository()
    repository.stage('.env', secret)
    const result = runProgram(git, ['commit', '--quiet', '-m', 'a'], { cwd: repository.path, env: bare })
    expect([result.status, result.stderr]).toEqual([1, expect.stringContaining('.env:1: ')])
  })

  it('without PATH at all', async () => {
    const repository = await makeHookedRepository()
    repository.stage('.env', secret)
    expect(run(join(repository.path, '.git/hooks/pre-commit'), repository, { env: { ...bare, PATH: undefined } }).status).toBe(1)
  })

  it('in folders with blanks, quotes and dollars', async () => {
    const folder = temporaryFolder(`it's a "folder" $(of) \`mine\``)
    const repository = makeRepository(join(folder, 'a repository'.replace(' ', ' ')).replace(/$/, '') && mkdir(folder, 'a repository'))
    const from = copyPackage(mkdir(folder, 'the package'))
    await installHook(repository.path, from)
    repository.stage('.env', secret)
    expect(commit(repository, [], { env: { HOME: '/no/such/home' } })).toMatchObject({ status: 1 })
  })

  it('from the package itself, also through links', () => {
    const repository = withSecret()
    const env = { PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` }
    expect(run(shipped.hook, repository, { env }).status).toBe(1)
    const folder = temporaryFolder()
    symlinkSync(shipped.hook, join(folder, 'absolute'))
    symlinkSync('absolute', join(folder, 'relative'))
    expect(run(join(folder, 'relative'), repository, { env }).status).toBe(1)
    expect(run(join(folder, 'relative'), repository, { env: { ...bare, NVM_DIR: nvm('v22.0.0') } }).status).toBe(1)
    repository.git('config', 'core.hooksPath', folder)
    symlinkSync('relative', join(folder, 'pre-commit'))
    expect(commit(repository, [], { env })).toMatchObject({ status: 1 })
  })

  it("from the repository's own node_modules, when the recorded program has gone", async () => {
    const gone = copyPackage(temporaryFolder())
    const repository = makeRepository()
    await installHook(repository.path, gone)
    rmSync(gone, { recursive: true })
    repository.stage('.env', secret)
    expect(commit(repository)).toMatchObject({ status: 2 })
    cpSync(copyPackage(temporaryFolder()), join(repository.path, 'node_modules', 'sealward'), { recursive: true })
    expect(commit(repository)).toMatchObject({ status: 1 })
  })

  it('in a linked working tree that has no node_modules, with an empty PATH', async () => {
    const repository = makeRepository()
    const own = join(repository.path, 'node_modules', 'sealward')
    cpSync(copyPackage(temporaryFolder()), own, { recursive: true })
    expect(await installHook(repository.path, own)).toMatchObject({ kind: 'installed' })
    repository.git('commit', '--quiet', '--no-verify', '--allow-empty', '-m', 'a')
    const linked = temporaryFolder('a linked tree')
    repository.git('worktree', 'add', '--quiet', linked)
    writeFileSync(join(linked, '.env'), secret)
    runProgram(git, ['add', '.env'], { cwd: linked })
    expect(runProgram(git, ['commit', '--quiet', '-m', 'a'], { cwd: linked, env: bare }).status).toBe(1)
  })
})

describe('the hook finds Node', () => {
  it.each([
    ['nvm', (home: string) => place(home, '.nvm/versions/node/v22.3.0/bin/node')],
    ['volta', (home: string) => place(home, '.volta/bin/node')],
    ['fnm', (home: string) => place(home, '.local/share/fnm/aliases/default/bin/node')],
    ['asdf', (home: string) => place(home, '.asdf/shims/node')],
    ['mise', (home: string) => place(home, '.local/share/mise/shims/node')],
    ['nodenv', (home: string) => place(home, '.nodenv/shims/node')],
  ])('where %s puts it', (_, install) => {
    const home = temporaryFolder('a home')
    const env = { ...bare, HOME: home }
    const repository = withSecret()
    const before = run(shipped.hook, repository, { env })
    install(home)
    const after = run(shipped.hook, repository, { env })
    expect(after.status).toBe(1)
    expect(after.stdout).toContain('this one ran')
    expect(before.stdout).not.toContain('this one ran')
  })

  it("in nvm's newest version, and none before 20", () => {
    const home = temporaryFolder()
    for (const version of ['v8.1.0', 'v9.9.9', 'v18.0.0', 'v20.19.0', 'v24.0.0']) place(home, `${version}/bin/node`, version)
    const env = { ...bare, NVM_DIR: nvm('v8.1.0', 'v9.9.9', 'v20.19.0', 'v24.0.0') }
    expect(run(shipped.hook, withSecret(), { env }).stdout).toBe('v24.0.0: this one ran\n')
    expect(run(shipped.hook, withSecret(), { env: { ...bare, NVM_DIR: nvm('v8.1.0', 'v9.9.9') } }).stdout).toBe('')
  })

  it('as it was recorded first, then on PATH', async () => {
    const home = temporaryFolder()
    place(home, 'bin/node', 'on PATH')
    const env = { ...bare, PATH: join(home, 'bin'), NVM_DIR: nvm('v24.0.0') }
    expect(run(shipped.hook, withSecret(), { env }).stdout).toBe('on PATH: this one ran\n')
    const repository = await makeHookedRepository()
    repository.stage('.env', secret)
    const recorded = run(join(repository.path, '.git/hooks/pre-commit'), repository, { env })
    expect([recorded.status, recorded.stdout]).toEqual([1, ''])
  })

  it('never in the repository itself', () => {
    const repository = withSecret()
    place(repository.path, 'node', 'of the repository')
    for (const PATH of ['', '.', ':', '/no/such/folder:'])
      expect(run(shipped.hook, repository, { env: { ...bare, PATH } }).stdout).toBe('')
  })
})
