import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { itWith } from '../../peers.ts'
import { RedisServer } from '../../support/servers/redis.ts'
import { CREDENTIAL, FILE, fileSystem, OWN, openRotateScene, type SystemUnderRotation } from './rotate-scene.ts'

const NAMES = JSON.stringify([CREDENTIAL])
const NOW = { 'only-due': 'false' }
const PULL = 'https://github.com/octo-org/example/pull/1000'

describe('a rotation by pull requests', () => {
  it('takes three runs: a request is opened, it is merged, and the grace is over', async () => {
    const system = fileSystem()
    const [first] = system.valid()
    const scene = await openRotateScene(system)
    const begun = await scene.rotate(NOW, { depth: 1 })
    expect([begun.exitCode, begun.outputs]).toEqual([
      0,
      { rotated: '[]', waiting: NAMES, failed: '[]', 'pull-request': PULL },
    ])
    expect([scene.phase(), scene.phase(OWN), (await scene.committed()).password]).toEqual([null, 'promoted', first])
    const { password: fresh } = await scene.committed(OWN)
    for (const password of [first, fresh]) expect(begun.stdout).toContain(`::add-mask::${password}\n`)
    expect(new Set(system.valid())).toEqual(new Set([first, fresh]))
    expect(scene.repository.pulls.list).toMatchObject([
      { title: 'Rotate orders-db', head: OWN, base: 'main', state: 'open' },
    ])
    expect(begun.summary).toContain(CREDENTIAL.replace('-', '&#45;'))

    const again = await scene.rotate(NOW, { depth: 1 })
    expect([again.outputs.waiting, scene.repository.pulls.list.length, system.valid().length]).toEqual([NAMES, 1, 2])

    scene.merge()
    const merged = await scene.rotate(NOW, { depth: 1 })
    expect([merged.exitCode, merged.outputs.waiting, scene.phase(OWN)]).toEqual([0, NAMES, 'grace'])
    expect((await scene.committed()).password).toBe(fresh)

    const early = await scene.rotate(NOW, { hours: 23 })
    expect([early.outputs.waiting, system.valid().length]).toEqual([NAMES, 2])
    const over = await scene.rotate(NOW, { hours: 25 })
    expect([over.exitCode, over.outputs.rotated, over.outputs.waiting]).toEqual([0, NAMES, '[]'])
    expect([system.valid(), scene.phase(OWN)]).toEqual([[fresh], 'revoked'])
    scene.merge('merge')
    expect(scene.phase()).toBe('revoked')
    expect(scene.remote.git('for-each-ref', 'refs/sealward')).toBe('')
  }, 120_000)

  it('says what it would do, and does nothing', async () => {
    const system = fileSystem()
    const scene = await openRotateScene(system)
    const before = scene.remote.git('for-each-ref')
    const step = await scene.rotate({ ...NOW, 'dry-run': 'true' })
    expect([step.exitCode, step.outputs]).toEqual([
      0,
      { rotated: '[]', waiting: '[]', failed: '[]', 'pull-request': '' },
    ])
    expect(step.stdout).toContain('pending-committed')
    expect(step.summary).toContain('nothing was changed')
    expect([scene.remote.git('for-each-ref'), system.valid().length, step.asked]).toEqual([before, 1, []])
  }, 60_000)
})

describe('a rotation that commits', () => {
  it('ends the old login at once in an emergency', async () => {
    const system = fileSystem()
    const [first] = system.valid()
    const scene = await openRotateScene(system, { delivery: '{ mode: commit }' })
    const step = await scene.rotate(
      { credentials: CREDENTIAL, emergency: 'true' },
      { event: 'workflow_dispatch', depth: 1 },
    )
    expect([step.exitCode, step.outputs]).toEqual([
      0,
      { rotated: NAMES, waiting: '[]', failed: '[]', 'pull-request': '' },
    ])
    const { password } = await scene.committed()
    expect([system.valid(), password === first, scene.phase()]).toEqual([[password], false, 'revoked'])
    expect(scene.remote.git('log', '-1', '--format=%an', 'main')).toBe('github-actions[bot]\n')
  }, 60_000)

  it('tells of a system that is not there, and the next run goes on', async () => {
    const system = fileSystem()
    const scene = await openRotateScene(system, { delivery: '{ mode: commit }' })
    system.break('unavailable')
    const step = await scene.rotate(NOW)
    expect([step.exitCode, step.outputs.failed]).toEqual([2, NAMES])
    expect(step.annotations.filter(({ type }) => type === 'error')).toHaveLength(1)
    system.break(null)
    const next = await scene.rotate(NOW)
    expect([next.exitCode, next.outputs.waiting, scene.phase()]).toEqual([0, NAMES, 'grace'])
    expect(system.valid()).toContain((await scene.committed()).password)
  }, 60_000)

  itWith('redis-server', 'changes a login of a real Redis, and cuts nobody off', async (program) => {
    const first = randomBytes(18).toString('base64url')
    const redis = await new RedisServer(program!, { users: 'aclfile', logins: { app: first } }).start()
    const passwords = [first, redis.admin.password.reveal()]
    const urlOf = (user: string, password: string) => `redis://${user}:${password}@127.0.0.1:${redis.port}/0`
    const system: SystemUnderRotation = {
      entry: [
        'url: REDIS_URL',
        'driver: redis',
        'strategy: dual',
        'grace: 24h',
        'admin: { url: ADMIN_URL }',
        'tls: { mode: disable }',
      ],
      variables: { REDIS_URL: urlOf('app', first), ADMIN_URL: urlOf('admin', redis.admin.password.reveal()) },
      loginOf(values) {
        const { username, password } = new URL(values.get('REDIS_URL')!)
        return { user: username, password: decodeURIComponent(password) }
      },
      passwords: () => passwords,
    }
    const worksWith = async (password: string) => {
      const { Secret } = await import('../../../src/core/secret.ts')
      return redis.ask(['ACL', 'WHOAMI'], { user: 'app', password: new Secret(password) }).then(
        () => true,
        () => false,
      )
    }
    try {
      const scene = await openRotateScene(system, { delivery: '{ mode: commit }' })
      expect((await scene.rotate(NOW)).outputs.waiting).toBe(NAMES)
      const { password: fresh } = await scene.committed()
      passwords.push(fresh)
      expect([await worksWith(first), await worksWith(fresh), fresh === first]).toEqual([true, true, false])
      expect((await scene.rotate(NOW, { hours: 25 })).outputs.rotated).toBe(NAMES)
      expect([await worksWith(first), await worksWith(fresh), (await scene.committed()).password]).toEqual([
        false,
        true,
        fresh,
      ])
    } finally {
      await redis.close()
    }
  })
})

const full = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'
/** Milliseconds after the start. */
const MOMENTS = [250, 400, 600, 800, 1000, 1300, 1600, 2000, 2500, 3000]

describe.runIf(full)('a run that is killed', () => {
  it.each(['{ mode: commit }', '{ mode: pull-request }'])(
    'leaves a login that works, and the next one takes its lock over and goes on (%s)',
    async (delivery) => {
      const system = fileSystem()
      const scene = await openRotateScene(system, { delivery })
      const works = async () => expect(system.valid()).toContain((await scene.committed()).password)
      let hours = 0
      for (const killedAfterMs of MOMENTS) {
        await scene.rotate(NOW, { hours, killedAfterMs })
        await works()
        hours += 2
      }
      const steps: (number | null)[] = []
      while (scene.phase() !== 'revoked' && steps.length < 6) {
        steps.push((await scene.rotate(NOW, { hours })).exitCode)
        await works()
        if (delivery.includes('pull-request') && scene.phase(OWN) !== scene.phase()) scene.merge()
        await works()
        hours += 26
      }
      expect(new Set(steps)).toEqual(new Set([0]))
      expect([scene.phase(), system.valid()]).toEqual(['revoked', [(await scene.committed()).password]])
      expect(scene.remote.git('for-each-ref', 'refs/sealward')).toBe('')
    },
    180_000,
  )
})

describe('what is due', () => {
  it('is rotated by itself, and nothing else is', async () => {
    const system = fileSystem()
    const scene = await openRotateScene(system, { policy: 'secrets:\n  - name: DB_PASSWORD\n    rotate-every: 30d\n' })
    const young = await scene.rotate({}, { event: 'push' })
    expect([young.exitCode, young.outputs.waiting, young.stdout]).toEqual([
      0,
      '[]',
      expect.stringContaining('no credential is due'),
    ])
    const old = await scene.rotate({}, { hours: 24 * 40 })
    expect([old.exitCode, old.outputs.waiting]).toEqual([0, NAMES])
  }, 60_000)
})

describe('a run that may not rotate', () => {
  it.each([
    ["for a fork's pull request", { event: 'pull_request', fork: true, ref: 'refs/pull/12/merge' }, 'fork'],
    [
      'for a pull request of the repository itself',
      { event: 'pull_request', ref: 'refs/pull/12/merge' },
      'pull request',
    ],
    ["for a fork's pull request, with secrets", { event: 'pull_request_target', fork: true }, 'fork'],
    ['of another branch', { event: 'push', ref: 'refs/heads/feature' }, 'default branch'],
    ['of an event that anybody can cause', { event: 'issue_comment' }, 'issue_comment'],
    ['after another workflow', { event: 'release' }, 'release'],
  ])(
    'changes nothing (%s)',
    async (_, run, why) => {
      const system = fileSystem()
      const scene = await openRotateScene(system)
      const before = scene.remote.git('for-each-ref')
      const step = await scene.rotate(NOW, run)
      const [error] = step.annotations.filter(({ type }) => type === 'error')
      expect([step.exitCode, error?.message]).toEqual([2, expect.stringContaining('[untrusted]')])
      expect(error!.message).toContain(why)
      expect([scene.remote.git('for-each-ref'), system.valid().length, step.asked, step.outputs]).toEqual([
        before,
        1,
        [],
        {},
      ])
    },
    60_000,
  )

  it.each(['sealward.yml', FILE])(
    'changes nothing where an earlier step changed %s',
    async (file) => {
      const system = fileSystem()
      const scene = await openRotateScene(system)
      const step = await scene.rotate(NOW, {
        before: (checkout) => checkout.write(file, `${checkout.git('show', `HEAD:${file}`)}# x\n`),
      })
      expect([step.exitCode, step.annotations[0]?.message, system.valid().length]).toEqual([
        2,
        expect.stringContaining('[untrusted]'),
        1,
      ])
    },
    60_000,
  )
})

describe('inputs', () => {
  it.each([
    [{ emergency: 'true' }, 'emergency'],
    [{ credentials: 'order-db' }, CREDENTIAL],
    [{ environment: 'staging' }, 'environment'],
    [{ 'only-due': 'maybe' }, 'only-due'],
  ])(
    'that mean nothing are refused (%o)',
    async (inputs, word) => {
      const scene = await openRotateScene(fileSystem())
      const step = await scene.rotate(inputs as Record<string, string>)
      expect([step.exitCode, step.annotations.at(-1)?.message]).toEqual([2, expect.stringContaining(word)])
    },
    60_000,
  )
})
