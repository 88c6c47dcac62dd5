import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FORK, OWN, pullRequest, workflowRun } from '../core/trust/payloads.ts'
import { openRepositoryAt, randomSecret } from '../support/git-repository.ts'
import { newMember, seal } from '../support/sealing.ts'
import type { JobOptions } from './runner/job.ts'
import type { Variables } from './runner/job-record.ts'
import type { StepResult } from './runner/step.ts'
import { type SealwardJob, startSealwardJob } from './sealward-job.ts'

const secret = randomSecret()
const GITHUB = { repository: OWN.full_name, repository_id: String(OWN.id) }

function jobOf(event: JobOptions['event'], github: Variables = {}): Promise<SealwardJob> {
  return startSealwardJob(
    { A: secret },
    { github: { ...GITHUB, ...github }, ...(event === undefined ? {} : { event }) },
  )
}

const saidBy = ({ annotations, stdout }: StepResult) =>
  annotations.map(({ type, message }) => `${type}: ${message}`).join('\n') || stdout.split('\n').at(-2)!

/** Refused before anything was opened: no variable, no output, and not even a mask, because no value was ever known. */
function expectRefusal(job: SealwardJob, step: StepResult, words: string): void {
  expect([step.conclusion, step.exitCode, job.exported, step.outputs]).toEqual(['failure', 2, {}, {}])
  expect(saidBy(step)).toContain(words)
  expect(saidBy(step)).toContain('[untrusted]')
  expect(step.stdout).not.toContain(secret)
  expect(job.result.masks).toEqual([])
}

describe('a run for the code of another repository', () => {
  it.each<[string, unknown, string]>([
    ['pull_request', pullRequest(FORK), 'this pull_request run is for a fork, whose code could read the secrets'],
    ['pull_request_target', pullRequest(FORK), 'has secrets and is for a commit of another repository'],
    ['pull_request_target', pullRequest(null), 'is for a commit of a repository that was deleted'],
    ['pull_request_target', {}, 'does not say whose commit it is for'],
    ['workflow_run', workflowRun(FORK), 'this workflow_run run has secrets and is for a commit of another repository'],
  ])('%s with %j is refused, and fork lets it through with a warning', async (name, payload, words) => {
    const job = await jobOf({ name, payload: payload as object })
    expectRefusal(job, await job.load(), words)
    expectRefusal(job, await job.load({ 'allow-untrusted': 'ref' }), words)
    const step = await job.load({ 'allow-untrusted': 'fork' })
    expect([step.conclusion, job.exported]).toEqual(['success', { A: secret }])
    expect(saidBy(step)).toMatch(/^warning: allow-untrusted: fork lets through: /)
    expect((await job.load({ 'allow-untrusted': 'all' })).conclusion).toBe('success')
  })

  it.each<[string, unknown]>([
    ['pull_request', pullRequest(OWN)],
    ['pull_request_target', pullRequest(OWN)],
    ['workflow_run', workflowRun(OWN)],
    ['push', {}],
    ['schedule', {}],
  ])('is none when %s is for this one', async (name, payload) => {
    const job = await jobOf({ name, payload: payload as object })
    const step = await job.load()
    expect([step.conclusion, step.annotations, job.exported]).toEqual(['success', [], { A: secret }])
  })

  it('may be an issue_comment run, when what is checked out is not its commit', async () => {
    const job = await jobOf({ name: 'issue_comment', payload: {} })
    expect((await job.load()).conclusion).toBe('success')
    const sha = job.commit()
    writeFileSync(join(job.workspace, 'theirs'), 'x')
    const next = await jobOf({ name: 'issue_comment', payload: {} })
    next.commit()
    writeFileSync(join(next.workspace, 'theirs'), 'x')
    const before = next.commit()
    openRepositoryAt(next.workspace).git('commit', '--quiet', '--allow-empty', '--message', 'of a fork')
    next.isFor(before)
    const step = await next.uses({ if: 'always()', with: { key: next.key } })
    expectRefusal(next, step, 'anyone can cause this issue_comment run, and what is checked out is not its commit')
    expect(sha).toHaveLength(40)
  })
})

describe('a file that the commit of the run does not have', () => {
  const load = (job: SealwardJob, inputs: Variables = {}) =>
    job.uses({ if: 'always()', with: { key: job.key, ...inputs } })

  it.each<[string, string, (job: SealwardJob) => Promise<void> | void]>([
    [
      'was replaced after the checkout',
      'is not the file that commit',
      (job) => job.add('.env.encrypted', { A: 'theirs' }),
    ],
    ['is not there', 'is not a file of commit', commitWithout],
    [
      'cannot be compared without a repository',
      'it lies in no git repository',
      (job) => rmSync(join(job.workspace, '.git'), { recursive: true }),
    ],
    [
      'cannot be compared without the commit',
      'cannot be compared with commit bbbbbbb of the run',
      (job) => job.isFor('b'.repeat(40)),
    ],
  ])('because it %s is refused, and ref lets it through with a warning', async (_, words, change) => {
    const job = await jobOf(undefined)
    job.commit()
    await change(job)
    const step = await load(job)
    expectRefusal(job, step, words)
    expectRefusal(job, await load(job, { 'allow-untrusted': 'fork' }), words)
    const allowed = await load(job, { 'allow-untrusted': 'ref' })
    expect([allowed.conclusion, Object.keys(job.exported)]).toEqual(['success', ['A']])
    expect(saidBy(allowed)).toMatch(/^warning: allow-untrusted: ref lets through: \.env\.encrypted /)
    expect((await load(job, { 'allow-untrusted': 'all' })).conclusion).toBe('success')
  })

  it('is a sealward.yml too: it decides who may decrypt, and what is public', async () => {
    const job = await jobOf(undefined)
    const policy = 'files: [{ path: "**", decrypt-in: { refs: [refs/heads/release] } }]'
    writeFileSync(join(job.workspace, 'sealward.yml'), policy)
    expectRefusal(
      job,
      await job.load(),
      'sealward.yml: this run may not decrypt .env.encrypted: its ref is refs/heads/main',
    )
    writeFileSync(join(job.workspace, 'sealward.yml'), 'public: ["*"]')
    expectRefusal(job, await load(job), 'sealward.yml: is not the file that commit')
  })

  it('is known without git, and refused without it where only git could tell', async () => {
    const job = await jobOf(undefined)
    job.commit()
    const withoutGit = () => job.uses({ if: 'always()', env: { PATH: '/nowhere' }, with: { key: job.key } })
    expect((await withoutGit()).conclusion).toBe('success')
    const next = await jobOf(undefined)
    next.commit()
    writeFileSync(join(next.workspace, '.git', 'objects', 'info', 'alternates'), '')
    const step = await next.uses({ if: 'always()', env: { PATH: '/nowhere' }, with: { key: next.key } })
    expectRefusal(next, step, 'there is no git')
    // Below the ten seconds that git would have: what could not start is not waited for.
  }, 9000)

  it('is none in a subfolder, in a checkout below the workspace, or as a link that the commit has', async () => {
    const job = await jobOf(undefined)
    mkdirSync(join(job.workspace, 'a/b'), { recursive: true })
    await job.add('a/b/.env.encrypted', { A: 'deep' })
    expect((await job.load({ files: 'a/b/.env.encrypted' })).conclusion).toBe('success')
    expect((await job.load({ 'working-directory': 'a/b' })).conclusion).toBe('success')
    job.commit()
    renameSync(join(job.workspace, '.git'), join(job.workspace, 'a', '.git'))
    openRepositoryAt(join(job.workspace, 'a')).git('add', '--all')
    const sha =
      openRepositoryAt(join(job.workspace, 'a')).git('commit', '-qm', 'x') ||
      openRepositoryAt(join(job.workspace, 'a')).git('rev-parse', 'HEAD').trim()
    job.isFor(sha)
    expect((await load(job, { 'working-directory': 'a', files: 'b/.env.encrypted' })).conclusion).toBe('success')
  })
})

describe('a run without a key', () => {
  const inputs = (setting: string) => ({ key: '', ...(setting === '' ? {} : { 'if-missing-key': setting }) })

  it.each([
    ['', 'failure', 'error: there is no key: a pull_request run for a fork gets no secrets [no-identity]'],
    ['error', 'failure', 'error: there is no key: a pull_request run for a fork gets no secrets [no-identity]'],
    ['warn', 'success', 'warning: nothing was decrypted, because there is no key: a pull_request run for a fork'],
    ['skip', 'success', 'sealward: nothing was decrypted, because there is no key: a pull_request run for a fork'],
  ])('by design, with if-missing-key %j, is a %s', async (setting, conclusion, words) => {
    const job = await jobOf({ name: 'pull_request', payload: pullRequest(FORK) })
    const step = await job.load(inputs(setting))
    expect([step.conclusion, job.exported]).toEqual([conclusion, {}])
    expect(saidBy(step)).toContain(words)
    if (conclusion === 'success') expect(step.outputs).toEqual({ keys: '[]', count: '0' })
  })

  it.each(['error', 'warn', 'skip'])('that should have one fails with if-missing-key %j', async (setting) => {
    const job = await jobOf(undefined)
    const step = await job.load(inputs(setting))
    expect([step.conclusion, step.exitCode]).toEqual(['failure', 2])
    expect(saidBy(step)).toContain('no identity at hand opens the file')
  })

  it('is none when a key is there that does not fit', async () => {
    const job = await jobOf({ name: 'pull_request', payload: pullRequest(FORK) })
    const key = (await newMember()).identity.secret.reveal()
    expectRefusal(job, await job.load({ key, 'if-missing-key': 'skip' }), 'is for a fork')
  })
})

async function commitWithout(job: SealwardJob): Promise<void> {
  const repository = openRepositoryAt(job.workspace)
  repository.git('rm', '--quiet', '.env.encrypted')
  repository.git('commit', '--quiet', '--message', 'x')
  job.isFor(repository.git('rev-parse', 'HEAD').trim())
  writeFileSync(
    join(job.workspace, '.env.encrypted'),
    await seal([{ kind: 'entry', name: 'A', value: secret }], [job.member]),
  )
}
