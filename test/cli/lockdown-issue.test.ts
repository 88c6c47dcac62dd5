import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { startJob } from '../action/runner/job.ts'
import type { Fault } from '../fakes/github/faults.ts'
import { type GitHubScene, openScene, TOKEN } from '../fakes/github/scene.ts'
import type { FakeRepository } from '../fakes/github/state.ts'
import { type GitRepository, makeRepository, packageRoot, temporaryFolder } from '../support/git-repository.ts'

interface Ran {
  readonly status: number | null
  readonly out: string
  readonly errors: string
}

const full = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'
const NAME = 'octo-org/example'
const LOCK = ['lockdown', '--reason', 'laptop stolen'] as const
const LIFT = ['lockdown', '--lift', '--reason', 'all rotated'] as const

let scene: GitHubScene
let hosted: FakeRepository
let repository: GitRepository
let keys: string
/** Where the program is started. */
let folder: string
beforeEach(async () => {
  scene = await openScene()
  hosted = scene.github.repository(NAME)
  ;[repository, keys] = [makeRepository(), temporaryFolder('keys')]
  folder = repository.path
  repository.git('remote', 'add', 'origin', `git@github.com:${NAME}.git`)
  await sealward('keygen', '-o', join(keys, 'key.txt'))
  await configure('')
  await sealward('set', 'TOKEN', 'one')
  commit()
})
afterEach(() => scene.github.close())

async function configure(more: string): Promise<void> {
  const recipient = /age1\w+/.exec(readFileSync(join(keys, 'key.txt'), 'utf8'))![0]
  repository.write('sealward.yml', `recipients:\n  me: ${recipient}\n${more}`)
}

function commit(): void {
  repository.git('add', '--all')
  repository.git('commit', '--quiet', '--message', 'x')
}

/** The built program. Not by `spawnSync`: the server is in this process. */
async function sealwardWith(env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [join(packageRoot, 'dist', 'cli.js'), ...args], {
    cwd: folder,
    env: {
      ...{ PATH: process.env.PATH, HOME: keys, SEALWARD_KEY_FILE: join(keys, 'key.txt') },
      ...{ GITHUB_API_URL: scene.github.url, ...env },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((settle) => child.on('close', settle))
  const [out, errors, status] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  expect(out + errors).not.toContain(TOKEN)
  return { status, out, errors }
}
const sealward = (...args: readonly string[]) => sealwardWith({ GH_TOKEN: TOKEN }, ...args)

/** A run of `mode: check` for what is committed, as a schedule starts it. */
async function checkInActions(): Promise<void> {
  const workspace = temporaryFolder('checkout')
  repository.git('clone', '--quiet', repository.path, workspace)
  const [sha, ref] = [repository.git('rev-parse', 'HEAD').trim(), 'refs/heads/main']
  const about = { id: 1296269, full_name: NAME, default_branch: 'main', private: true }
  const job = await startJob({
    ...{ action: resolve('.'), reference: 'sealward/sealward@v1', workspace, token: TOKEN },
    event: { name: 'schedule', payload: { repository: about } },
    github: { sha, ref, api_url: scene.github.url, workflow_ref: `${NAME}/.github/workflows/check.yml@${ref}` },
  })
  onTestFinished(() => job.remove())
  const { stdout } = await job.uses({ id: 'check', with: { mode: 'check', 'fail-on': 'never' } })
  expect(stdout).toContain('sealward: issues: ')
}

const asked = () => scene.github.received.length
/** Beside the dashboard. */
const incidents = () => hosted.issues.filter(({ title }) => title.startsWith('Lockdown since'))
const states = () => incidents().map(({ state }) => state)
const isLocked = () => readFileSync(join(repository.path, 'sealward.yml'), 'utf8').includes('\nlockdown:\n')

describe('the issue of a lockdown, with a token', () => {
  it('is opened at once, is taken over by mode: check, and is closed when the lockdown is lifted', async () => {
    const locked = await sealward(...LOCK)
    expect(locked.status).toBe(0)
    expect(locked.errors).toContain(`its issue is open: https://github.com/${NAME}/issues/1\n`)
    const [issue] = incidents()
    expect(issue).toMatchObject({ number: 1, state: 'open', labels: ['sealward'] })
    expect(issue!.body).toContain('0 of 1 are done')
    expect(issue!.body).not.toContain('TOKEN')

    await checkInActions()
    expect(states()).toEqual(['open'])
    commit()
    await checkInActions()
    expect(states()).toEqual(['open'])
    expect(issue!.body).toContain('- [x] The Action decrypts nothing')
    expect(issue!.body).toContain('TOKEN')

    const lifted = await sealward(...LIFT)
    expect(lifted.status).toBe(0)
    expect(lifted.errors).toContain(`its issue is closed: https://github.com/${NAME}/issues/1\n`)
    await checkInActions()
    commit()
    await checkInActions()
    expect(states()).toEqual(['closed'])
  }, 60_000)

  it('is the one that mode: check has opened, where that came first', async () => {
    await sealwardWith({}, ...LOCK)
    expect(incidents()).toEqual([])
    commit()
    await checkInActions()
    expect(states()).toEqual(['open'])
    expect((await sealward(...LIFT)).errors).toContain('its issue is closed: ')
    expect(states()).toEqual(['closed'])
  }, 30_000)

  it.runIf(full)('says what things are called where sealward.yml says so', async () => {
    await configure('check: { names: full }\n')
    await sealward(...LOCK)
    expect(incidents()[0]!.body).toContain('TOKEN')
  })
})

describe('a lockdown without its issue', () => {
  const unreached: readonly [string, NodeJS.ProcessEnv, string | null, string][] = [
    ['with a remote elsewhere', { GH_TOKEN: TOKEN }, 'https://gitlab.com/octo-org/example', 'at github.com'],
    ['without a token', {}, null, 'there is no token in GH_TOKEN or GITHUB_TOKEN'],
    ['with a folder as its remote', { GH_TOKEN: TOKEN }, '/srv/example.git', 'at github.com'],
    ["with another host's token", { GH_TOKEN: TOKEN, GH_HOST: 'git.example.com' }, null, 'at git.example.com'],
  ]
  it.each(full ? unreached : unreached.slice(0, 1))(
    '%s asks nobody, is done, and says how the issue comes',
    async (_, env, remote, words) => {
      if (remote !== null) repository.git('remote', 'set-url', 'origin', remote)
      const locked = await sealwardWith(env, ...LOCK)
      expect([locked.status, isLocked()]).toEqual([0, true])
      expect(locked.errors).toMatch(/^no issue was opened: .*the next run of `mode: check` .* opens it$/m)
      expect(locked.errors).toContain(words)
      const lifted = await sealwardWith(env, ...LIFT)
      expect([lifted.status, isLocked()]).toEqual([0, false])
      expect(lifted.errors).toMatch(/^its issue was not looked for: .*closes it/m)
      expect(asked()).toBe(0)
    },
  )

  it('asks nobody on a dry run, nor where issues are switched off', async () => {
    const dry = await sealward(...LOCK, '--dry-run')
    expect([dry.status, isLocked(), dry.errors.includes('issue was')]).toEqual([0, false, false])
    await configure('check: { issues: off }\n')
    const locked = await sealward(...LOCK)
    expect(locked.errors).toContain('no issue was opened: sealward.yml says `check: { issues: off }`\n')
    expect((await sealward(...LIFT, '--dry-run')).errors).not.toContain('issue')
    expect((await sealward(...LIFT)).errors).toContain('its issue was not looked for: sealward.yml says')
    expect(asked()).toBe(0)
  })

  it('is that of a folder with a sealward.yml of its own', async () => {
    repository.write('app/sealward.yml', readFileSync(join(repository.path, 'sealward.yml')))
    folder = join(repository.path, 'app')
    const locked = await sealward(...LOCK)
    expect([locked.status, isLocked(), asked()]).toEqual([0, false, 0])
    expect(locked.errors).toContain('no issue was opened: only sealward.yml at the top of a repository has one\n')
  })

  const LIST = 'GET /repos/{owner}/{repo}/issues'
  const OPEN = 'POST /repos/{owner}/{repo}/issues'
  const refusals: readonly [string, string, Fault, string][] = [
    ['does not take the token', LIST, { kind: 'status', status: 401 }, '[token-refused]'],
    ['lacks a permission', OPEN, { kind: 'status', status: 403 }, '[permission]'],
    ['does not see the repository', LIST, { kind: 'status', status: 404 }, '[not-found]'],
  ]
  it.each(full ? refusals : refusals.slice(0, 1))('is done though GitHub %s', async (_, route, fault, code) => {
    scene.github.break({ route, fault })
    const locked = await sealward(...LOCK)
    expect([locked.status, isLocked(), incidents()]).toEqual([0, true, []])
    expect(locked.errors).toMatch(/^warning: no issue was opened: .*; the next run of `mode: check` .* opens it$/m)
    expect(locked.errors).toContain(code)
    expect((await sealwardWith({}, 'verify')).status).toBe(0)
  })

  it.runIf(full)('is done though the label of the new issue is dropped, and the issue is withdrawn', async () => {
    hosted.dropsSilently = true
    const locked = await sealward(...LOCK)
    expect([locked.status, isLocked(), states()]).toEqual([0, true, ['closed']])
    expect(locked.errors).toContain('[permission]')
  })

  it.runIf(full)('is done though the token is none, and does not show it', async () => {
    const locked = await sealwardWith({ GH_TOKEN: 'two words' }, ...LOCK)
    expect([locked.status, isLocked(), asked()]).toEqual([0, true, 0])
    expect(locked.errors).toContain('[usage]')
    expect(locked.errors).not.toContain('two words')
  })
})
