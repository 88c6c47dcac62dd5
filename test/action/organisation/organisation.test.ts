import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MOST_CHARACTERS } from '../../../src/core/issues/body/fit.ts'
import { runProgram, temporaryFolder } from '../../support/git-repository.ts'
import { ORGANISATION, openOrganisation, SECRET } from './organisation-scene.ts'

const full = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'
const SIZE = full ? 500 : 20

describe('the workflow of an organisation', () => {
  it(`checks ${SIZE} repositories in jobs of forty, and keeps one issue for all`, async () => {
    const scene = await openOrganisation()
    const names = Array.from({ length: SIZE - 1 }, (_, at) => `app-${String(at).padStart(3, '0')}`)
    await scene.add(names.slice(0, SIZE / 2), 100)
    await scene.add(names.slice(SIZE / 2, -4), 40)
    await scene.add(names.slice(-4), null)
    const { plan, checks, dashboard } = await scene.run()
    expect(JSON.parse(plan.outputs.shards!)).toHaveLength(Math.ceil(SIZE / 40))
    expect([plan, ...checks, dashboard].map(({ exitCode }) => exitCode)).not.toContainEqual(expect.not.toBeOneOf([0]))
    expect(dashboard.outputs).toMatchObject({
      overdue: String(SIZE / 2),
      ok: String(SIZE / 2 - 5),
      'issue-number': '1',
    })
    expect(dashboard.summary).toContain(`${SIZE - 5} checked, 5 with nothing to check, 0 not looked at, 0 left out`)
    const [issue] = scene.own.issues
    expect(issue).toMatchObject({ state: 'open', labels: ['sealward'] })
    expect(issue!.body!.length).toBeLessThanOrEqual(MOST_CHARACTERS)
    expect(issue!.body).toContain('app&#45;000&#47;&#46;env&#46;production&#46;encrypted')
    // Of a repository without anything encrypted the newest commit and its names are fetched: what there is, which of it, and that.
    const asked = scene.server.served.filter((name) => name.endsWith(`/${names.at(-1)}.git`))
    expect(asked.length).toBeLessThanOrEqual(3)
    expect(scene.github.received.filter(({ route }) => route.includes('/orgs/'))).toHaveLength(Math.ceil(SIZE / 100))
  }, 900_000)

  it.runIf(full)(
    'writes nothing while nothing changes, keeps what could not be looked at, and closes what is done',
    async () => {
      const scene = await openOrganisation()
      await scene.add(['first', 'second'], 100)
      await scene.run()
      const [issue] = scene.own.issues
      const before = { ...issue!, comments: [...issue!.comments] }
      await scene.run()
      expect(issue).toEqual(before)

      await scene.replace('first', 1)
      const second = join(scene.root, ORGANISATION, 'second.git')
      rmSync(second, { recursive: true })
      const broken = await scene.run()
      expect(broken.dashboard.exitCode).toBe(0)
      expect(broken.dashboard.annotations.map(({ message }) => message)).toContain(
        '1 of the repositories could not be looked at',
      )
      expect(issue!.body).toContain('one that was overdue')
      expect(issue!.state).toBe('open')

      await scene.add(['second'], 1)
      await scene.run()
      expect(issue).toMatchObject({ state: 'closed', stateReason: 'completed' })
      expect(scene.own.issues).toHaveLength(1)
    },
    120_000,
  )

  it.runIf(full)(
    'says so when the job of a shard is lost, and declares nothing of it done',
    async () => {
      const scene = await openOrganisation()
      await scene.add(['first'], 100)
      await scene.run()
      const { dashboard } = await scene.run({}, { lost: [0] })
      expect(dashboard.summary).toContain('the job that was to look at it left no report')
      expect(scene.own.issues[0]).toMatchObject({
        state: 'open',
        body: expect.stringContaining('one that was overdue'),
      })
    },
    60_000,
  )

  it.runIf(full)(
    'opens values with a key, and tells none of them',
    async () => {
      const scene = await openOrganisation()
      await scene.add(['first'], 100)
      const { told } = await scene.run({}, { key: true })
      expect(told).not.toContain('not opened')
      expect((await scene.run()).told).toContain('not opened')
    },
    60_000,
  )
})

describe('what is left out', () => {
  it.runIf(full)(
    'is what is archived, disabled, a fork or excluded, each counted, and gone from the issue',
    async () => {
      const scene = await openOrganisation()
      await scene.add(['app', 'old', 'off', 'copy', 'sandbox-1'], 100)
      const [old, off, copy] = ['old', 'off', 'copy'].map((name) => scene.github.repository(`${ORGANISATION}/${name}`))
      await scene.run()
      Object.assign(old!, { archived: true })
      Object.assign(off!, { disabled: true })
      Object.assign(copy!, { fork: true })
      const { plan, dashboard } = await scene.run({ exclude: 'sandbox-* security' })
      expect(plan.stdout).toContain('repositories: 1, for 1 job; left out: 2 excluded, 1 archived, 1 disabled, 1 fork')
      expect(dashboard.outputs.overdue).toBe('1')
      expect(scene.own.issues[0]!.body).not.toContain('Not looked at this time')
    },
    60_000,
  )

  it('is, from a public repository, every private one, whose name is told nowhere', async () => {
    const scene = await openOrganisation({ isPrivate: false })
    await scene.add(['app', 'acquisition'], 100)
    scene.github.repository(`${ORGANISATION}/acquisition`).private = true
    const { plan, told } = await scene.run()
    expect(plan.annotations.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('1 private repositories are left out'),
    )
    expect(told).not.toContain('acquisition')
    expect(told).not.toMatch(/DB(?:_|&#95;)PASSWORD/)
    expect(scene.own.issues[0]!.body).toMatch(/secret&#45;[0-9a-f]{8}/)
    if (full) expect((await scene.run({ names: 'full' })).told).toContain(SECRET)
  }, 60_000)

  it('can be everything: there is no job then, and the issue stays as it is', async () => {
    const scene = await openOrganisation()
    await scene.add(['app'], 100)
    const { plan, dashboard } = await scene.run({ include: 'none' })
    expect([plan.outputs.shards, dashboard.exitCode, scene.own.issues]).toEqual(['[]', 0, []])
  })
})

describe('the token', () => {
  it('is in no command line, in no file of the clone and in no address; without it the server lets nobody in', async () => {
    const scene = await openOrganisation()
    await scene.add(['app'], 100)
    const { folder, log } = spyOnGit()
    const env = { PATH: `${folder}${delimiter}${process.env.PATH}`, GIT_TRACE_CURL: '1', GIT_CURL_VERBOSE: '1' }
    // The payload of a schedule may say nothing: what the repository is then comes from the list, or `app` would be left out.
    scene.github.repository(`${ORGANISATION}/app`).private = true
    const { checks } = await scene.run({}, { env, payload: { schedule: '17 5 * * *' } })
    expect(checks[0]!.stdout).toContain('app: 1 overdue')
    const seen = readFileSync(log, 'utf8')
    expect(seen).toContain('clone --quiet --no-checkout')
    expect(seen).toContain('[remote "origin"]')
    for (const secret of [scene.token, Buffer.from(`x-access-token:${scene.token}`).toString('base64')])
      expect(seen).not.toContain(secret)
    expect(scene.server.refused).toEqual([])
    const { status } = await fetch(`${scene.server.url}/${ORGANISATION}/app.git/info/refs?service=git-upload-pack`)
    expect([status, scene.server.refused.length]).toEqual([401, 1])
  }, 60_000)
})

/** A git that writes down what it is told, and what the clone's configuration is afterwards. */
function spyOnGit(): { readonly folder: string; readonly log: string } {
  const folder = temporaryFolder('bin')
  const log = join(folder, 'log')
  const real = runProgram('sh', ['-c', 'command -v git']).stdout.trim()
  const script = `#!/bin/sh\nprintf '%s\\n' "$*" >>'${log}'\n'${real}' "$@"\nstatus=$?\ncat .git/config >>'${log}' 2>/dev/null\nexit $status\n`
  writeFileSync(join(folder, 'git'), script)
  chmodSync(join(folder, 'git'), 0o755)
  return { folder, log }
}
