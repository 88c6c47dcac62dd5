import { describe, expect, it } from 'vitest'
import { parseMarker } from '../../../src/core/issues/marker.ts'
import type { Trouble } from '../../fakes/github/faults.ts'
import { type CheckScene, every, openCheckScene, SECRET } from './check-scene.ts'

const full = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'

/** Warned seven days before the thirty are over, and seven days after they are it is overdue. */
const DUE = 26
const OVERDUE = 40

describe('the dashboard of a repository', () => {
  it('is opened, is left alone while nothing changes, and is closed when the work is done', async () => {
    const scene = await openCheckScene({ days: OVERDUE })
    const first = await scene.check()
    const [issue] = scene.repository.issues
    expect(issue).toMatchObject({ state: 'open', labels: ['sealward'] })
    expect(issue!.body).toContain('DB&#95;PASSWORD')
    expect([first.exitCode, first.outputs]).toMatchObject([1, { overdue: '1', due: '0', 'issue-number': '1' }])
    expect(first.outputs['issue-url']).toBe('https://github.com/octo-org/example/issues/1')

    const before = { ...issue! }
    const second = await scene.check()
    expect(second.requests).toBeLessThanOrEqual(3)
    expect(second.asked).toEqual(['GET 200 /repos/{owner}/{repo}/issues'])
    expect(issue).toEqual(before)

    await scene.rotate(0)
    const third = await scene.check()
    expect([third.exitCode, third.outputs]).toMatchObject([0, { overdue: '0', ok: '1', 'issue-number': '1' }])
    expect(issue).toMatchObject({ state: 'closed', stateReason: 'completed' })
  }, 30_000)

  it('gets a comment when something gets worse', async () => {
    const scene = await openCheckScene({ days: DUE })
    expect((await scene.check()).exitCode).toBe(0)
    scene.configure(every(15))
    await scene.check()
    const [issue] = scene.repository.issues
    expect(issue!.comments.map(({ body }) => body)).toEqual([
      expect.stringContaining('is **overdue** now, and was due'),
    ])
    expect(parseMarker(issue!.body!)?.level).toBe('overdue')
  }, 30_000)

  it('calls secrets by digests in a public repository, as the log and the reports do, unless names are asked for', async () => {
    const scene = await openCheckScene({ private: false })
    const step = await scene.check()
    const told = [step.stdout, step.summary, step.outputs.findings, scene.repository.issues[0]!.body!].join('\n')
    expect(told).toMatch(/secret-[0-9a-f]{8}/)
    expect(told).not.toMatch(/DB(?:_|&#95;)PASSWORD/)
    expect((await scene.check({ names: 'full', issues: 'off' })).stdout).toContain(SECRET)
  }, 30_000)
})

describe('one issue for each finding', () => {
  it('is what the input issues asks for', async () => {
    const scene = await openCheckScene()
    await scene.check({ issues: 'per-finding' })
    expect(scene.repository.issues.map(({ title }) => title)).toEqual([
      'DB_PASSWORD in production needs attention (rotate-every)',
    ])
  })
})

describe('a refusal of GitHub', () => {
  const LIMIT = { fault: { kind: 'primary-limit', resetsIn: 3000 } } satisfies Trouble
  const BROKEN = { fault: { kind: 'status', status: 503 } } satisfies Trouble

  it.each<[string, (scene: CheckScene) => unknown, code: string, hint: string]>([
    ['no permission', ({ permissions }) => permissions([]), 'permission', 'issues: write'],
    ['an expired token', ({ github }) => github.tokens.clear(), 'token-refused', 'github.token'],
    [
      'issues switched off',
      ({ repository }) => Object.assign(repository, { hasIssues: false }),
      'read-only',
      'issues: off',
    ],
    [
      'an archived repository',
      ({ repository }) => Object.assign(repository, { archived: true }),
      'read-only',
      'archive',
    ],
  ])('that lasts (%s) fails the step, after everything was told', async (_, refuse, code, hint) => {
    const scene = await openCheckScene({ days: DUE })
    refuse(scene)
    const step = await scene.check()
    expect([step.exitCode, step.outputs]).toMatchObject([2, { due: '1', 'issue-number': '', 'issue-url': '' }])
    expect(step.summary).toContain('1 due')
    const [warning] = step.annotations.filter(({ type }) => type === 'warning')
    expect(warning!.message).toContain(`[${code}]`)
    expect(warning!.message).toContain(hint)
    expect(scene.repository.issues).toEqual([])
  })

  it('that lasts does not fail the step with fail-on: never', async () => {
    const scene = await openCheckScene()
    scene.permissions([])
    const step = await scene.check({ 'fail-on': 'never' })
    expect([step.exitCode, step.annotations.some(({ type }) => type === 'warning')]).toEqual([0, true])
  })

  // A server that is broken is asked three times, with pauses between.
  const passing: [string, Trouble, string][] = [['a rate limit', LIMIT, 'rate-limited']]
  if (full) passing.push(['a broken server', BROKEN, 'unavailable'])

  it.each(passing)(
    'that passes (%s) is a warning, and the next run goes on',
    async (_, trouble, code) => {
      const scene = await openCheckScene({ days: DUE })
      scene.github.break(trouble)
      const step = await scene.check()
      expect([step.exitCode, step.annotations.find(({ type }) => type === 'warning')?.message]).toEqual([
        0,
        expect.stringContaining(`[${code}]`),
      ])
      scene.github.mend()
      await scene.check()
      expect(scene.repository.issues).toHaveLength(1)
    },
    40_000,
  )

  it('is not met without a token: that is said', async () => {
    const scene = await openCheckScene()
    const step = await scene.check({ 'github-token': ' ' })
    expect([step.exitCode, step.outputs.overdue, step.requests]).toEqual([2, '1', 0])
    expect(step.annotations.at(-1)?.message).toContain('there is no token for GitHub')
  })
})
