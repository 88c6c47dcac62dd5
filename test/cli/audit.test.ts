import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MAKERS, newKey, pkcs8, privateOf, publicLine } from '../core/signature/keys.ts'
import {
  cleanEnv,
  type GitRepository,
  makeRepository,
  packageRoot,
  type Run,
  runProgram,
  temporaryFolder,
} from '../support/git-repository.ts'

const CLI = join(packageRoot, 'dist', 'cli.js')
const LEDGER = '.sealward/ledger.jsonl'

interface Scene extends GitRepository {
  readonly env: Readonly<Record<string, string>>
  sealward(...args: string[]): Run
  /** All at the same time. @returns their exit statuses */
  atOnce(...calls: readonly (readonly string[])[]): Promise<(number | null)[]>
  /** What `audit verify` ends with, and the kinds of what it found. */
  verify(): { readonly status: number | null; readonly kinds: readonly string[] }
  commit(message?: string): void
  lines(): string[]
}

/** A repository with an encrypted file, which keeps a ledger. */
function makeScene(policy = ''): Scene {
  const repository = makeRepository()
  const env = { SEALWARD_KEY_FILE: join(temporaryFolder('keys'), 'keys.txt'), HOME: repository.path }
  const sealward = (...args: string[]) => runProgram(process.execPath, [CLI, ...args], { cwd: repository.path, env })
  const recipient = /age1\w+/.exec(sealward('keygen', '-o', env.SEALWARD_KEY_FILE).stderr)![0]
  repository.write('sealward.yml', `recipients:\n  alice: ${recipient}\nledger: true\n${policy}`)
  const scene: Scene = {
    ...repository,
    env,
    sealward,
    atOnce: (...calls) =>
      Promise.all(
        calls.map((args) => start(args, { cwd: repository.path, env: { ...cleanEnv, ...env } as NodeJS.ProcessEnv })),
      ),
    verify() {
      const { status, stdout } = sealward('audit', 'verify')
      const kinds = [...stdout.matchAll(/\[(\S+)\]$/gm)].map((match) => match[1]!)
      return { status, kinds: kinds.filter((kind) => kind !== 'unsigned') }
    },
    commit(message = 'change') {
      repository.git('add', '--all')
      repository.git('commit', '--quiet', '-m', message)
    },
    lines: () => readFileSync(join(repository.path, LEDGER), 'utf8').split('\n').slice(0, -1),
  }
  scene.sealward('set', 'A', 'one')
  scene.commit()
  return scene
}

function start(args: readonly string[], options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }) {
  return new Promise<number | null>((resolve) => {
    spawn(process.execPath, [CLI, ...args], { ...options, stdio: 'ignore' }).on('close', resolve)
  })
}

/** On each branch of these another file is changed. */
function branch(scene: Scene, ...names: readonly string[]): void {
  for (const name of names) {
    scene.git('checkout', '--quiet', '-B', name, 'main')
    scene.sealward('set', '-f', `${name}.env.encrypted`, 'A', 'two')
    scene.commit(name)
  }
  scene.git('checkout', '--quiet', 'main')
}

describe('branches that both wrote to the ledger', () => {
  it('are merged by git without a conflict, and joined by the next entry', () => {
    const scene = makeScene()
    branch(scene, 'left', 'right')
    scene.git('merge', '--quiet', 'left')
    scene.git('merge', '--quiet', '--no-edit', 'right')
    expect(scene.verify()).toEqual({ status: 0, kinds: ['fork'] })
    scene.sealward('set', 'B', 'three')
    scene.commit()
    expect(scene.verify()).toEqual({ status: 0, kinds: [] })
    expect(scene.lines().map((line) => JSON.parse(line).kind)).toEqual([
      ...['file-created', 'file-created', 'file-created', 'merged', 'values-changed'],
    ])
  })

  it('are in order after a rebase and a cherry-pick too', () => {
    const scene = makeScene()
    branch(scene, 'left', 'right', 'picked')
    scene.git('checkout', '--quiet', 'right')
    scene.git('rebase', '--quiet', 'left')
    scene.git('cherry-pick', 'picked')
    expect(scene.verify()).toEqual({ status: 0, kinds: ['fork'] })
    expect(scene.sealward('audit', 'join').status).toBe(0)
    expect(scene.verify()).toEqual({ status: 0, kinds: [] })
  })

  it('are in order after they were merged crosswise, each joined by itself before', () => {
    const scene = makeScene()
    branch(scene, 'left', 'right')
    scene.git('branch', 'before', 'right')
    for (const [own, other] of [
      ['right', 'left'],
      ['left', 'before'],
    ] as const) {
      scene.git('checkout', '--quiet', own)
      scene.git('merge', '--quiet', '--no-edit', other)
      scene.sealward('set', 'A', own)
      scene.git('checkout', '--', '.env.encrypted')
      scene.sealward('audit', 'join')
      scene.commit()
    }
    scene.git('merge', '--quiet', '--no-edit', 'right')
    scene.sealward('audit', 'join')
    const { kinds } = scene.verify()
    // The two values that were put back are what entries say and nobody finds.
    expect(kinds).toEqual(['unused', 'unused'])
  })
})

describe('the ledger against git', () => {
  it('names a file that was changed past it, until somebody says why', () => {
    const scene = makeScene()
    const path = join(scene.path, '.env.encrypted')
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^A=.*$/m, 'A_unencrypted=x'))
    scene.commit()
    expect(scene.verify()).toEqual({ status: 1, kinds: ['unrecorded'] })
    const finding = /unrecorded:[0-9a-f]{12}/.exec(scene.sealward('audit', 'verify').stdout)![0]
    expect(scene.sealward('audit', 'accept', finding, '--reason', 'by hand, see the ticket').status).toBe(0)
    expect(scene.verify()).toEqual({ status: 0, kinds: [] })
    expect(scene.sealward('audit', 'verify').stderr).toContain('1 let pass')
  })

  it('names entries that are gone, from the end too', () => {
    const scene = makeScene()
    scene.sealward('set', 'B', 'two')
    scene.commit()
    scene.write(LEDGER, `${scene.lines()[0]}\n`)
    scene.commit('cut')
    const { status, kinds } = scene.verify()
    expect([status, kinds.toSorted()]).toEqual([1, ['rewritten', 'unrecorded']])
  })

  it('says that it was not held against a history that is not there', () => {
    const scene = makeScene()
    const shallow = temporaryFolder('shallow')
    scene.sealward('set', 'B', 'two')
    scene.commit()
    scene.git('clone', '--quiet', '--depth', '1', `file://${scene.path}`, shallow)
    const { status, stdout } = runProgram(process.execPath, [CLI, 'audit', 'verify'], { cwd: shallow })
    expect([status, stdout]).toEqual([0, expect.stringContaining('this clone is shallow')])
  })
})

describe('a checkpoint', () => {
  const key = MAKERS.ed25519()
  const signers = `signers:\n  alice: ${publicLine(privateOf(pkcs8(key)))}\n`

  function makeSigned(policy = signers): Scene {
    const scene = makeScene(policy)
    const file = join(temporaryFolder('ssh'), 'id')
    writeFileSync(file, pkcs8(key), { mode: 0o600 })
    scene.sealward('set', 'B', 'two')
    expect(scene.sealward('audit', 'checkpoint', '-k', file)).toMatchObject({ status: 0 })
    scene.commit()
    return scene
  }

  it('vouches for everything up to it', () => {
    const scene = makeSigned()
    expect(scene.sealward('audit', 'verify')).toMatchObject({
      status: 0,
      stdout: '',
      stderr: '2 entries, 2 of them signed for: in order\n',
    })
    scene.sealward('set', 'C', 'three')
    expect(scene.sealward('audit', 'verify').stdout).toContain('the last 1 entries')
  })

  it('fails where the ledger was written anew, together with git history', () => {
    const [scene, other] = [makeSigned(), makeScene()]
    other.write('sealward.yml', readFileSync(join(scene.path, 'sealward.yml'), 'utf8'))
    mkdirSync(join(other.path, '.sealward/checkpoints'))
    const [note = ''] = scene.git('ls-files', '.sealward/checkpoints').trim().split('\n')
    copyFileSync(join(scene.path, note), join(other.path, note))
    const { status, stdout } = other.sealward('audit', 'verify')
    expect([status, stdout]).toEqual([
      1,
      expect.stringContaining('the checkpoint is about an entry that is not there [checkpoint]'),
    ])
  })

  it('of somebody who is not listed counts for nothing', () => {
    const scene = makeSigned(`signers:\n  bob: ${publicLine(newKey('ed25519'))}\n`)
    expect(scene.verify()).toEqual({ status: 0, kinds: ['checkpoint'] })
    expect(scene.sealward('audit', 'verify').stderr).toContain('2 entries, 0 of them signed for')
  })

  it('holds after entries were archived, with the archive and without', () => {
    const scene = makeSigned()
    expect(scene.sealward('audit', 'archive', '--before', '2200-01-01').status).toBe(0)
    scene.commit()
    expect(scene.lines()).toHaveLength(1)
    expect(scene.verify()).toEqual({ status: 0, kinds: [] })
    scene.sealward('set', 'C', 'three')
    scene.commit()
    expect(scene.verify()).toEqual({ status: 0, kinds: [] })
    const [archive = ''] = scene.git('ls-files', '.sealward/ledger-*').trim().split('\n')
    const text = readFileSync(join(scene.path, archive), 'utf8')
    scene.write(archive, text.split('\n').slice(1).join('\n'))
    expect(scene.verify()).toMatchObject({ status: 1, kinds: expect.arrayContaining(['archive']) })
    rmSync(join(scene.path, archive))
    expect(scene.verify()).toEqual({ status: 0, kinds: ['archive', 'checkpoint'] })
  })
})

describe('several commands at once', () => {
  it('each have their entry, one after the other', async () => {
    const scene = makeScene()
    const names = ['a', 'b', 'c', 'd', 'e']
    const statuses = await scene.atOnce(...names.map((name) => ['set', '-f', `${name}.env.encrypted`, 'A', 'x']))
    expect(statuses).toEqual(names.map(() => 0))
    expect(scene.lines()).toHaveLength(1 + names.length)
    expect(scene.verify()).toEqual({ status: 0, kinds: [] })
  })
})

describe('what is written down', () => {
  it('is nothing where no ledger is asked for', () => {
    const scene = makeScene()
    rmSync(join(scene.path, '.sealward'), { recursive: true })
    scene.write('sealward.yml', readFileSync(join(scene.path, 'sealward.yml'), 'utf8').replace('ledger: true\n', ''))
    expect(scene.sealward('set', 'B', 'two').status).toBe(0)
    expect(scene.sealward('audit', 'verify')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('[not-found]'),
    })
  })

  it('stops a command before it changes a file, where nothing can be written down', () => {
    const scene = makeScene()
    scene.write(LEDGER, 'broken\n')
    const before = readFileSync(join(scene.path, '.env.encrypted'))
    expect(scene.sealward('set', 'B', 'two')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('[malformed]'),
    })
    expect(readFileSync(join(scene.path, '.env.encrypted'))).toEqual(before)
  })

  it('has names as the policy shows them', () => {
    for (const [style, said] of [
      ['none', '(1)'],
      ['hashed', '(name-'],
      ['full', '(SPECIAL)'],
    ] as const) {
      const scene = makeScene()
      scene.write(
        'sealward.yml',
        readFileSync(join(scene.path, 'sealward.yml'), 'utf8').replace('ledger: true', `ledger:\n  names: ${style}`),
      )
      scene.sealward('set', 'SPECIAL', 'two')
      const { stdout } = scene.sealward('audit', 'log', '--kind', 'values-changed')
      expect(stdout).toContain(said)
      expect(stdout.includes('SPECIAL')).toBe(style === 'full')
    }
  })

  it('names whom GitHub names', () => {
    const scene = makeScene()
    const env = { GITHUB_ACTIONS: 'true', GITHUB_ACTOR: 'octocat', GITHUB_REPOSITORY: 'o/r', GITHUB_RUN_ID: '12' }
    runProgram(process.execPath, [CLI, 'set', 'B', 'two'], { cwd: scene.path, env: { ...env, ...scene.env } })
    const [entry] = JSON.parse(scene.sealward('audit', 'export', '--kind', 'values-changed').stdout)
    expect(entry.by).toEqual({ via: 'github', name: 'octocat', run: 'o/r/runs/12' })
  })
})

describe('what protect stages', () => {
  it('has its entry with it', () => {
    const scene = makeScene()
    scene.write('app/.env', 'TOKEN=abc\n')
    scene.git('add', '--force', 'app/.env')
    expect(scene.sealward('protect').status).toBe(0)
    expect(scene.git('diff', '--cached', '--name-only').split('\n')).toEqual(
      expect.arrayContaining([LEDGER, 'app/.env.encrypted']),
    )
    scene.commit()
    expect(scene.verify()).toEqual({ status: 0, kinds: [] })
  })
})
