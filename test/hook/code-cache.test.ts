import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openCodeCache } from '../../src/hook/code-cache.ts'
import {
  type GitRepository,
  makeRepository,
  openRepositoryAt,
  runProgram,
  temporaryFolder,
} from '../support/git-repository.ts'
import { commitBefore, shipped } from '../support/hooked-repository.ts'

const HEADER_BYTES = 16
const RUNS = 4

function stage(secret: string): GitRepository {
  const repository = makeRepository()
  repository.stage('.env', secret)
  return repository
}

/** Runs the built hook. @returns whether it refused, and what it has said but for the time */
function judge(repository: GitRepository, args: readonly string[] = []): string {
  const { status, stderr } = runProgram(process.execPath, [...args, shipped.program, 'pre-commit'], {
    cwd: repository.path,
  })
  return `${status} ${stderr.replace(/\d+ ms/, 'N ms')}`
}

function cacheOf(repository: GitRepository): string {
  const folder = join(repository.path, '.git', 'sealward')
  const [name, ...others] = readdirSync(folder)
  expect(others).toEqual([])
  return join(folder, name!)
}

describe('the compiled program', () => {
  it('is kept in the git folder, for its owner alone, and the verdict is the same with it', () => {
    const repository = stage('KEY=changeit-4f9a8c1d2e\n')
    const first = judge(repository)
    expect(first).toMatch(/^1 \.env:1: /)
    expect(statSync(cacheOf(repository)).mode & 0o777).toBe(0o600)
    expect(statSync(join(repository.path, '.git', 'sealward')).mode & 0o777).toBe(0o700)
    for (let run = 0; run < RUNS; run += 1) expect(judge(repository)).toBe(first)
  })

  it('is written by the first runs alone', () => {
    const repository = stage('KEY=\n')
    for (let run = 0; run < RUNS; run += 1) judge(repository)
    const { mtimeNs, ino } = statSync(cacheOf(repository), { bigint: true })
    judge(repository)
    expect(statSync(cacheOf(repository), { bigint: true })).toMatchObject({ mtimeNs, ino })
  })

  it.each([
    ['is empty', () => Buffer.alloc(0)],
    ['breaks off in its header', (bytes: Buffer) => bytes.subarray(0, HEADER_BYTES - 1)],
    ['breaks off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['has another byte at its end', (bytes: Buffer) => flip(bytes, bytes.length - 1)],
    ['has another byte in the middle', (bytes: Buffer) => flip(bytes, bytes.length >> 1)],
    ['has another byte where V8 begins', (bytes: Buffer) => flip(bytes, HEADER_BYTES)],
    ['is of another program', (bytes: Buffer) => flip(bytes, 0)],
    ['is of a program of another length', (bytes: Buffer) => flip(bytes, 4)],
    ['is a text', () => Buffer.from('process.exit(0)\n'.repeat(9))],
  ])('that %s is made anew, and changes no verdict', (_, spoil) => {
    const repository = stage('KEY=changeit-4f9a8c1d2e\n')
    const verdict = judge(repository)
    const file = cacheOf(repository)
    const whole = readFileSync(file)
    const spoilt = spoil(Buffer.from(whole))
    writeFileSync(file, spoilt)
    expect(judge(repository)).toBe(verdict)
    expect(readFileSync(file).equals(spoilt)).toBe(false)
    expect(readFileSync(file).readUInt32LE(0)).toBe(whole.readUInt32LE(0))
  })

  it('of V8 with other settings is not used', () => {
    const repository = stage('KEY=changeit-4f9a8c1d2e\n')
    const verdict = judge(repository)
    expect(judge(repository, ['--no-opt'])).toBe(verdict)
    expect(judge(repository)).toBe(verdict)
  })

  it('is not missed where the folder cannot be written, or is none', () => {
    const repository = stage('KEY=changeit-4f9a8c1d2e\n')
    writeFileSync(join(repository.path, '.git', 'sealward'), '')
    expect(judge(repository)).toMatch(/^1 \.env:1: /)
    const outside = temporaryFolder()
    expect(runProgram(process.execPath, [shipped.program, 'pre-commit'], { cwd: outside }).status).toBe(2)
    expect(existsSync(join(outside, '.git'))).toBe(false)
  })

  it('of a linked working tree is in the folder that git names', () => {
    const repository = makeRepository()
    commitBefore(repository)
    const linked = openRepositoryAt(temporaryFolder('linked'))
    repository.git('worktree', 'add', '--quiet', linked.path)
    linked.stage('.env', 'KEY=\n')
    const env = { GIT_DIR: linked.git('rev-parse', '--absolute-git-dir').trim() }
    const { status } = runProgram(process.execPath, [shipped.program, 'pre-commit'], { cwd: linked.path, env })
    expect([status, readdirSync(join(env.GIT_DIR, 'sealward')).length]).toEqual([0, 1])
  })
})

describe('without the program beside it', () => {
  it('a commit is refused, with what to do', () => {
    const folder = temporaryFolder()
    copyFileSync(shipped.program, join(folder, 'hook.js'))
    writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }')
    const { status, stderr } = runProgram(process.execPath, [join(folder, 'hook.js'), 'pre-commit'])
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^sealward: hook-program\.js is missing.*npm ci.*\n$/)])
  })
})

describe('the working tree', () => {
  it('is no place for it, also when GIT_DIR is empty', () => {
    const repository = stage('KEY=\n')
    mkdirSync(join(repository.path, 'sealward'))
    runProgram(process.execPath, [shipped.program, 'pre-commit'], { cwd: repository.path, env: { GIT_DIR: '' } })
    expect(readdirSync(join(repository.path, 'sealward'))).toEqual([])
  })
})

describe('a cache', () => {
  const source = Buffer.from('a program')
  const open = (gitFolder: string, of = source) => openCodeCache({ gitFolder, hook: 'pre-commit', source: of })

  it('gives back what was kept, to the same program', () => {
    const folder = temporaryFolder()
    open(folder).write(Buffer.from('code'))
    expect(open(folder).read()).toEqual(Buffer.from('code'))
    expect(open(folder, Buffer.from('b program')).read()).toBeNull()
  })

  it('does not follow a link, and does not take what others can write', () => {
    const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()]
    open(elsewhere).write(Buffer.from('code'))
    const [name] = readdirSync(join(elsewhere, 'sealward')) as [string]
    mkdirSync(join(folder, 'sealward'))
    symlinkSync(join(elsewhere, 'sealward', name), join(folder, 'sealward', name))
    expect(open(folder).read()).toBeNull()
    expect(open(elsewhere).read()).not.toBeNull()
    chmodSync(join(elsewhere, 'sealward', name), 0o620)
    expect(open(elsewhere).read()).toBeNull()
  })

  it('stays in its folder, whatever the hook is called', () => {
    const folder = temporaryFolder()
    openCodeCache({ gitFolder: folder, hook: '../../x', source }).write(Buffer.from('code'))
    expect(readdirSync(folder)).toEqual(['sealward'])
    expect(readdirSync(join(folder, 'sealward'))).toEqual([`x-${process.version}-${process.arch}.code`])
  })
})

function flip(bytes: Buffer, at: number): Buffer {
  bytes[at]! ^= 1
  return bytes
}
