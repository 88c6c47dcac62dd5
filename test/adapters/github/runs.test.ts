import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openArtifacts, openRuns } from '../../../src/adapters/github/runs.ts'
import { type GitHubScene, NAME, openScene, TOKEN } from '../../fakes/github/scene.ts'
import type { FakeRun } from '../../fakes/github/state.ts'

let scene: GitHubScene
beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.github.close())

const LOG = Buffer.from('2026-01-01T00:00:00Z Hello\r\n')

describe('the runs of a workflow', () => {
  it('are the newest of one file, by event and branch', async () => {
    for (let id = 1; id <= 120; id += 1) scene.repository.runs.push(run({ id }))
    scene.repository.runs.push(run({ id: 200, event: 'push' }), run({ id: 201, workflow: 'other.yml' }))
    const runs = openRuns(scene.client(), NAME)
    const recent = await runs.recent('check.yml', { event: 'schedule', branch: 'main' })
    expect(recent).toHaveLength(100)
    expect(recent?.[0]).toMatchObject({ id: 120, event: 'schedule', status: 'completed', conclusion: 'success' })
    expect((await runs.recent('check.yml', {}))?.[0]?.id).toBe(200)
    expect(await runs.recent('none.yml', {})).toBeNull()
  })

  it('have jobs, over all pages and attempts', async () => {
    const jobs = Array.from({ length: 130 }, (_, index) => ({
      id: index + 1,
      name: `job ${index}`,
      attempt: 2,
      log: LOG,
    }))
    scene.repository.runs.push(run({ id: 7, jobs }))
    const found = await openRuns(scene.client(), NAME).jobs(7)
    expect(found).toHaveLength(130)
    expect(found[0]).toMatchObject({ id: 1, name: 'job 0', attempt: 2, status: 'completed' })
    expect(scene.github.received[0]?.url).toContain('filter=all')
  })
})

describe('a download', () => {
  it('is fetched from the other host without the token', async () => {
    scene.repository.runs.push(run({ jobs: [{ id: 5, name: 'build', attempt: 1, log: LOG }] }))
    expect(await openRuns(scene.client(), NAME).log(5)).toEqual({ kind: 'bytes', bytes: LOG })
    expect(scene.github.received[0]?.headers.authorization).toBe(`token ${TOKEN}`)
    expect(scene.github.stored).toHaveLength(1)
    expect(JSON.stringify(scene.github.stored)).not.toContain(TOKEN)
    expect(scene.github.stored[0]?.headers.authorization).toBeUndefined()
  })

  it('of an artifact has its bytes', async () => {
    const zip = randomBytes(300_000)
    scene.repository.runs.push(run({ id: 3, artifacts: [{ id: 9, name: 'report', zip, expired: false }] }))
    const artifacts = openArtifacts(scene.client(), NAME)
    expect(await artifacts.list(3)).toEqual([{ id: 9, name: 'report', bytes: 300_000, expired: false }])
    const download = await artifacts.download(9)
    expect(download.kind === 'bytes' && zip.equals(download.bytes)).toBe(true)
  })

  it('ends at its bound', async () => {
    scene.repository.runs.push(run({ jobs: [{ id: 5, name: 'build', attempt: 1, log: randomBytes(5000) }] }))
    const runs = (maxDownloadBytes: number) => openRuns(scene.client({ bounds: { maxDownloadBytes } }), NAME)
    expect(await runs(4999).log(5)).toEqual({ kind: 'too-large', limit: 4999 })
    expect(await runs(5000).log(5)).toMatchObject({ kind: 'bytes' })
  })

  it.each([
    ['a log that GitHub has deleted', () => openRuns(scene.client(), NAME).log(5)],
    ['a log that never was', () => openRuns(scene.client(), NAME).log(6)],
    ['an artifact past its days', () => openArtifacts(scene.client(), NAME).download(9)],
  ])('of %s is gone', async (_name, act) => {
    const artifacts = [{ id: 9, name: 'report', zip: LOG, expired: true }]
    scene.repository.runs.push(run({ jobs: [{ id: 5, name: 'build', attempt: 1, log: null }], artifacts }))
    expect(await act()).toEqual({ kind: 'gone' })
  })

  it('is not followed from store to store', async () => {
    const route = 'GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs'
    scene.github.break({ route, fault: { kind: 'endless-redirect' } })
    const error = await openRuns(scene.client(), NAME)
      .log(5)
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'unavailable', message: "the store of GitHub's files answered 302" })
    expect(scene.github.received.map(({ headers }) => headers.authorization)).toEqual([`token ${TOKEN}`, undefined])
  })

  it('goes to no address without TLS', async () => {
    scene.github.break({ fault: { kind: 'redirect', to: 'http://files.example/log?sig=secret', status: 302 } })
    const error = await openRuns(scene.client(), NAME)
      .log(5)
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'usage' })
    expect(String(error)).not.toContain('sig=')
  })
})

function run(changes: Partial<FakeRun>): FakeRun {
  return {
    id: 1,
    workflow: 'check.yml',
    event: 'schedule',
    branch: 'main',
    conclusion: 'success',
    createdAt: new Date('2026-01-01T00:00:00Z'),
    jobs: [],
    artifacts: [],
    ...changes,
  }
}
