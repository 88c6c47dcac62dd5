import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { every, FILE, openCheckScene, scheduledRun } from './check-scene.ts'

const HEARTBEAT = every(30, 'check:\n  heartbeat: 3d\n')

describe('a run for a pull request', () => {
  it('of a fork judges without a key, and asks GitHub for nothing', async () => {
    const scene = await openCheckScene()
    const step = await scene.check({}, { event: 'pull_request', fork: true, ref: 'refs/pull/12/merge' })
    expect([step.requests, scene.repository.issues]).toEqual([0, []])
    expect(step.outputs).toMatchObject({ overdue: '1', 'issue-number': '' })
    expect(step.annotations[0]).toMatchObject({ type: 'error', properties: { file: FILE, line: '1' } })
    expect(step.report?.notes.map(({ message }) => message).join()).toContain('not opened')
    expect(step.stdout).toContain('issues are left alone: this run is for a pull request')
  })

  it('of a fork with secrets uses no key', async () => {
    const scene = await openCheckScene()
    const run = { event: 'pull_request_target', fork: true }
    const step = await scene.check({ key: 'AGE-SECRET-KEY-1' }, run)
    expect(step.stdout).toContain(
      'no key is used: this pull_request_target run has secrets and is for a commit of another',
    )
    expect([step.exitCode, step.requests]).toEqual([1, 0])
  })

  it('warns when the schedule of its workflow is silent, and writes nothing', async () => {
    const scene = await openCheckScene({ policy: HEARTBEAT })
    scene.repository.runs.push(scheduledRun(80), scheduledRun(9), scheduledRun(0, 'other.yml'))
    const step = await scene.check({}, { event: 'pull_request', ref: 'refs/pull/12/merge' })
    expect(step.annotations.filter(({ type }) => type === 'warning').map(({ message }) => message)).toEqual([
      expect.stringContaining('the schedule of check.yml has been silent for 9 days'),
    ])
    expect(step.asked).toEqual(['GET 200 /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs'])
  })

  it('says nothing of a schedule that is alive', async () => {
    const scene = await openCheckScene({ policy: HEARTBEAT })
    scene.repository.runs.push(scheduledRun(1))
    const step = await scene.check({}, { event: 'pull_request', ref: 'refs/pull/12/merge' })
    expect(step.stdout).not.toContain('heartbeat')
  })

  it('says that it does not know without actions: read', async () => {
    const scene = await openCheckScene({ policy: HEARTBEAT })
    scene.repository.runs.push(scheduledRun(9))
    scene.permissions(['issues: write'])
    const step = await scene.check({}, { event: 'pull_request', ref: 'refs/pull/12/merge' })
    const [notice] = step.annotations.filter(({ message }) => message.startsWith('heartbeat'))
    expect(notice).toMatchObject({ type: 'notice', message: expect.stringContaining('actions: read') })
    const without = await scene.check({ 'github-token': ' ' }, { event: 'pull_request', ref: 'refs/pull/12/merge' })
    expect(without.annotations.map(({ message }) => message).join()).toContain('there is no token')
    expect(without.exitCode).toBe(1)
  })
})

describe('a run', () => {
  it('asks the servers of sealward.yml, unless it is for a pull request, which may have changed them', async () => {
    const scene = await openCheckScene({ policy: every(30, 'endpoints:\n  - { host: 127.0.0.1, port: 9 }\n') })
    const notes = async (event: string) =>
      (await scene.check({ issues: 'off' }, { event })).report?.notes.map(({ message }) => message).join()
    expect(await notes('schedule')).toMatch(/ECONNREFUSED|refused/)
    expect(await notes('pull_request')).toMatch(/not asked/)
  })

  it.each([
    ['for another branch', { event: 'push', ref: 'refs/heads/feature' }, 'not for the default branch'],
    ['whose payload does not say which branch that is', { event: 'push', payload: {} }, 'not for the default branch'],
    ['that strangers can cause', { event: 'issue_comment' }, 'people who may not write'],
  ])('%s leaves issues alone', async (_, run, why) => {
    const scene = await openCheckScene()
    const step = await scene.check({}, run)
    expect([step.requests, step.stdout]).toEqual([0, expect.stringContaining(why)])
  })

  it('by a schedule keeps issues though its payload says nothing, and takes the repository for a public one', async () => {
    const scene = await openCheckScene()
    await scene.check({}, { event: 'schedule', payload: { schedule: '17 5 * * *' } })
    expect(scene.repository.issues[0]?.body).toMatch(/secret(?:-|&#45;)[0-9a-f]{8}/)
  })

  it('in a shallow clone says that ages are bounds', async () => {
    const scene = await openCheckScene({ days: 50 })
    await scene.rotate(40)
    const step = await scene.check({ issues: 'off' }, { depth: 1 })
    expect(step.annotations.map(({ message }) => message).join()).toContain('fetch-depth: 0')
  })

  it('writes the reports that are asked for, below the workspace', async () => {
    const scene = await openCheckScene()
    const files = ['a.html', 'a.sarif', 'a.prom', 'a.csv', 'a.md', 'a.json']
    const step = await scene.check({ issues: 'off', 'report-files': files.join('\n') }, { event: 'push' })
    expect(step.exitCode).toBe(1)
    const workspace = step.workspace
    for (const file of files) expect([file, existsSync(join(workspace, file))]).toEqual([file, true])
    expect(readFileSync(join(workspace, 'a.sarif'), 'utf8')).toContain('"version":"2.1.0"')
  })

  it.each([
    [{ 'report-files': 'a.pdf' }, 'report-files'],
    [{ 'fail-on': 'high' }, 'fail-on'],
    [{ issues: 'many' }, 'issues'],
    [{ names: 'short' }, 'names'],
  ])('refuses inputs that it does not know: %j', async (inputs, name) => {
    const step = await (await openCheckScene()).check(inputs)
    expect([step.exitCode, step.annotations[0]?.message]).toEqual([
      2,
      expect.stringContaining(`the input ${name} takes`),
    ])
  })

  it.each([
    ['never', 40, 0],
    ['overdue', 26, 0],
    ['due', 26, 1],
    ['overdue', 40, 1],
    ['due', 1, 0],
  ])('with fail-on: %s and a secret of %i days ends with %i', async (failOn, days, status) => {
    const scene = await openCheckScene({ days })
    expect((await scene.check({ 'fail-on': failOn, issues: 'off' })).exitCode).toBe(status)
  })
})
