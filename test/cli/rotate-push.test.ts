import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { FakeToken } from '../fakes/github/fake-github.ts'
import { BOT, type GitHubScene, openScene, TOKEN } from '../fakes/github/scene.ts'
import { type GitRepository, makeRepository, packageRoot, temporaryFolder } from '../support/git-repository.ts'

interface Ran {
  readonly status: number | null
  readonly out: string
  readonly errors: string
}

const TARGET = 'github:acme/app:SEALWARD_KEY'
const PUT = 'PUT /repos/{owner}/{repo}/actions/secrets/{secret_name}'
const MAY_WRITE: FakeToken['permissions'] = ['secrets: write', 'environments: write']

let scene: GitHubScene
let repository: GitRepository
let keys: string
beforeEach(async () => {
  scene = await openScene()
  scene.github.tokens.set(TOKEN, { login: BOT, permissions: MAY_WRITE })
  ;[repository, keys] = [makeRepository(), temporaryFolder('keys')]
  await sealward('keygen', '-o', join(keys, 'old.txt'))
  const recipient = /age1\w+/.exec(readFileSync(join(keys, 'old.txt'), 'utf8'))![0]
  repository.write('sealward.yml', `recipients:\n  me: ${recipient}\nledger: true\n`)
  await sealward('set', 'A', 'one')
  repository.git('add', '--all')
  repository.git('commit', '--quiet', '-m', 'begin')
})
afterEach(() => scene.github.close())

/** The built program. Not by `spawnSync`: the server is in this process. */
async function sealward(...args: readonly string[]): Promise<Ran> {
  return sealwardWith({ GH_TOKEN: TOKEN }, ...args)
}

async function sealwardWith(env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [join(packageRoot, 'dist', 'cli.js'), ...args], {
    cwd: repository.path,
    env: {
      ...{ PATH: process.env.PATH, HOME: keys, SEALWARD_KEY_FILE: join(keys, 'old.txt') },
      ...{ GITHUB_API_URL: scene.github.url, ...env },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((settle) => child.on('close', settle))
  const [out, errors, status] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { status, out, errors }
}

const newKey = () => /^AGE-SECRET-KEY-\S+$/m.exec(readFileSync(join(keys, 'new.txt'), 'utf8'))![0]
const rotate = (...args: readonly string[]) => sealward('rotate', 'key', '-o', join(keys, 'new.txt'), ...args)
const stored = () => scene.repository.vault.secrets.get('SEALWARD_KEY')?.value

describe('sealward rotate key --push', () => {
  it('says first what it would do, then does it, and shows the key to nobody', async () => {
    const plan = await rotate('--push', TARGET, '--dry-run')
    expect(plan).toMatchObject({ status: 0, out: '.env.encrypted\n' })
    expect(plan.errors).toContain(`${TARGET} would be made`)
    expect(existsSync(join(keys, 'new.txt'))).toBe(false)
    const done = await rotate('--push', TARGET)
    expect(done).toMatchObject({ status: 0, out: '' })
    expect(done.errors).toContain(`${TARGET} was made\n`)
    expect(stored()).toBe(newKey())
    expect(done.errors).not.toContain('AGE-SECRET-KEY')
    expect((await sealward('rotate', 'status')).out).toMatch(/^pushed to {3}github:acme\/app:SEALWARD_KEY: \d{4}-/m)
    repository.git('add', '--all')
    repository.git('commit', '--quiet', '-m', 'rotate')
    expect(await sealward('audit', 'verify')).toMatchObject({ status: 0 })
    const ledger = readFileSync(join(repository.path, '.sealward', 'ledger.jsonl'), 'utf8')
    expect(ledger).toContain(`"targets":["${TARGET}"]`)
  })

  it('is refused before anything is changed', async () => {
    const nothing = async (ran: Promise<Ran>, words: string) => {
      const { status, errors } = await ran
      expect(status).toBe(2)
      expect(errors).toContain(words)
      expect(repository.git('status', '--short')).toBe('')
      expect(existsSync(join(keys, 'new.txt'))).toBe(false)
    }
    const args = ['rotate', 'key', '-o', join(keys, 'new.txt'), '--push', TARGET]
    await nothing(sealwardWith({}, ...args), 'there is no token for GitHub')
    await nothing(sealwardWith({ GH_TOKEN: 'other' }, ...args), '[token-refused]')
    await nothing(rotate('--push', 'github:acme/gone:KEY'), '[not-found]')
    await nothing(rotate('--push', 'acme/app:KEY'), 'is written as github:OWNER/REPO:NAME')
    await nothing(rotate('--secret-name', 'x'), '--secret-name goes with --manifest alone')
    await nothing(sealward('rotate', 'key', '--finish', '--push', TARGET), '--push does not go with --finish')
    await nothing(sealward('rotate', 'data-key', '--push', TARGET), 'rotate data-key does not take --push')
    scene.github.tokens.set(TOKEN, { login: BOT, permissions: ['issues: write'] })
    await nothing(rotate('--push', TARGET), '"Secrets: read and write"')
  })

  it('that fails leaves the files done, says what to do, and goes on with that alone', async () => {
    scene.github.break({ route: PUT, fault: { kind: 'status', status: 403 } })
    const failed = await rotate('--push', TARGET)
    expect(failed.status).toBe(2)
    expect(failed.errors).toContain(`the files are done, and ${TARGET} did not get the new key`)
    expect(failed.errors).toContain(`\`sealward rotate key --push ${TARGET}\` goes on with that alone`)
    expect((await sealwardWith({ SEALWARD_KEY_FILE: join(keys, 'new.txt') }, 'get', 'A')).out).toBe('one\n')
    expect((await sealward('rotate', 'status')).out).toContain(`${TARGET}: not yet\n`)
    expect((await sealward('rotate', 'key', '--finish')).status).toBe(2)
    const before = readFileSync(join(repository.path, '.env.encrypted'), 'utf8')
    scene.github.mend()
    const again = await sealward('rotate', 'key', '--push', TARGET)
    expect(again).toMatchObject({ status: 0 })
    expect(stored()).toBe(newKey())
    expect(readFileSync(join(repository.path, '.env.encrypted'), 'utf8')).toBe(before)
  })

  it('goes on with what is outstanding without being told where', async () => {
    scene.github.break({ route: PUT, fault: { kind: 'status', status: 403 } })
    await rotate('--push', TARGET)
    scene.github.mend()
    expect(await sealward('rotate', 'key')).toMatchObject({ status: 0 })
    expect(stored()).toBe(newKey())
  })
})

describe('sealward rotate key --manifest', () => {
  const manifest = () => parse(readFileSync(join(keys, 'secret.yaml'), 'utf8'))

  it('writes a Secret that its user alone can read, or prints it', async () => {
    const file = join(keys, 'secret.yaml')
    const done = await rotate('--manifest', file, '--secret-name', 'deploy', '--namespace', 'prod')
    expect(done).toMatchObject({ status: 0, out: '' })
    expect(done.errors).not.toContain('AGE-SECRET-KEY')
    expect(manifest()).toMatchObject({
      metadata: { name: 'deploy', namespace: 'prod' },
      stringData: { SEALWARD_KEY: newKey() },
    })
    expect(statSync(file).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600)
    const printed = await sealward('rotate', 'key', '--manifest', '-')
    expect(parse(printed.out).stringData).toEqual({ SEALWARD_KEY: newKey() })
  })

  it('writes none where git would take it along, from whichever folder', async () => {
    const refused = await rotate('--manifest', 'secret.yaml')
    expect(refused.status).toBe(2)
    expect(refused.errors).toContain('git would take it along')
    const other = makeRepository()
    expect((await rotate('--manifest', join(other.path, 'secret.yaml'))).errors).toContain('git would take it along')
    expect((await rotate('--manifest', join(keys, 'gone', 'secret.yaml'))).errors).toContain('no such folder')
    expect(repository.git('status', '--short')).toBe('')
    mkdirSync(join(repository.path, 'private'))
    writeFileSync(join(repository.path, '.git', 'info', 'exclude'), 'private/\n')
    expect(await rotate('--manifest', 'private/secret.yaml')).toMatchObject({ status: 0 })
    expect(repository.git('status', '--short')).not.toContain('secret.yaml')
    expect(existsSync(join(repository.path, 'private', 'secret.yaml'))).toBe(true)
  })
})
