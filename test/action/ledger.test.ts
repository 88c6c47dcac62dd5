import { createHmac, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { LEDGER_FILE } from '../../src/core/ledger/ledger-file.ts'
import { FakeGitData } from '../fakes/github/git-data.ts'
import { openReceiver } from '../fakes/receiver.ts'
import { newMember, seal } from '../support/sealing.ts'
import { startSealwardJob } from './sealward-job.ts'

const SECRET = 'hunter42-and-more'
const POLICY = 'ledger: { webhook: { url: HOOK_URL, key: HOOK_KEY } }\n'

describe('what a step decrypted', () => {
  it('is in the summary, with who started the run and which run it is', async () => {
    const job = await startSealwardJob({ TOKEN: SECRET })
    const { summary } = await job.load()
    expect(summary).toMatch(
      /Decrypted for <code>octocat<\/code> in <code>octo\S*runs\S*\d<\/code>, \d{4}-\d\d-\d\d \d\d:\d\d UTC\./,
    )
  })

  it('is told to a webhook of sealward.yml, signed: which file and how many, and no name and no value', async () => {
    const [hook, key] = [await openReceiver(), randomBytes(32)]
    const env = { HOOK_URL: `${hook.url}/a`, HOOK_KEY: `whsec_${key.toString('base64')}` }
    const job = await startSealwardJob({ TOKEN: SECRET, OTHER: 'x'.repeat(12) }, { env })
    writeFileSync(join(job.workspace, 'sealward.yml'), POLICY)
    const step = await job.load({ ledger: 'webhook' })
    expect([step.exitCode, step.stdout]).toEqual([0, expect.stringContaining('written down: the receiver of HOOK_URL')])
    const [{ headers, body }] = hook.received as [(typeof hook.received)[number]]
    const mac = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
    expect(headers['webhook-signature']).toBe(`v1,${mac.digest('base64')}`)
    expect(JSON.parse(body)).toMatchObject({
      type: 'sealward.decrypted',
      data: {
        by: { via: 'github', run: expect.stringContaining('/runs/') },
        files: [{ path: '.env.encrypted' }],
        count: 2,
      },
    })
    expect(body).not.toMatch(/hunter42|TOKEN/)
  })

  it('is exported all the same where the receiver does not answer, with a warning', async () => {
    const env = { HOOK_URL: 'http://127.0.0.1:9/secret-path', HOOK_KEY: `whsec_${randomBytes(32).toString('base64')}` }
    const job = await startSealwardJob({ TOKEN: SECRET }, { env })
    writeFileSync(join(job.workspace, 'sealward.yml'), POLICY)
    const step = await job.load({ ledger: 'webhook' })
    const warnings = step.annotations.filter(({ type }) => type === 'warning').map(({ message }) => message)
    expect(warnings).toEqual(['not written down in the ledger: HOOK_URL: the receiver cannot be reached'])
    expect([step.exitCode, job.exported.TOKEN, step.stdout.includes('secret-path')]).toEqual([0, SECRET, false])
  })

  it('and what it could not open is told as that, by its code', async () => {
    const hook = await openReceiver()
    const job = await startSealwardJob({ TOKEN: SECRET }, { env: { HOOK_URL: `${hook.url}/a` } })
    const stranger = await seal([{ kind: 'entry', name: 'A', value: '1' }], [await newMember()])
    writeFileSync(join(job.workspace, '.env.encrypted'), stranger)
    writeFileSync(join(job.workspace, 'sealward.yml'), 'ledger: { webhook: { url: HOOK_URL } }\n')
    const step = await job.load({ ledger: 'webhook' })
    expect(step.exitCode).toBe(2)
    expect(hook.received.map(({ body }) => JSON.parse(body))).toMatchObject([
      { type: 'sealward.open-failed', data: { files: [{ path: '.env.encrypted' }], code: 'no-identity' } },
    ])
  })

  it('is written into the ledger by a pull request', async () => {
    const github = await new FakeGitData().listen()
    onTestFinished(() => github.close())
    const job = await startSealwardJob(
      { TOKEN: SECRET },
      { github: { api_url: github.url, repository: 'acme/app' }, token: 'token-of-the-tests' },
    )
    const step = await job.load({ ledger: 'pull-request' })
    expect([step.exitCode, step.stdout]).toEqual([0, expect.stringContaining('https://github.com/acme/app/pull/1')])
    const ledger = github.file('sealward/ledger', LEDGER_FILE)
    expect(JSON.parse(ledger ?? '')).toMatchObject({
      kind: 'decrypted',
      count: 1,
      by: { run: expect.stringContaining('acme/app/runs/') },
    })
  })
})
