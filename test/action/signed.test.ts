import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { signMessage } from '../../src/core/signature/sign.ts'
import { messageOf, namespaceOf } from '../../src/core/signature/subject.ts'
import { newKey, publicLine } from '../core/signature/keys.ts'
import type { StepResult } from './runner/step.ts'
import { type SealwardJob, startSealwardJob } from './sealward-job.ts'

const key = newKey('ed25519')
const saidBy = ({ annotations }: StepResult) => annotations.map(({ type, message }) => `${type}: ${message}`).join('\n')

/** Signs a file of the checkout as it is now, under a name. */
function sign(job: SealwardJob, by = key, name = '.env.encrypted'): void {
  const message = messageOf(readFileSync(join(job.workspace, '.env.encrypted')))
  writeFileSync(
    join(job.workspace, '.env.encrypted.sig'),
    signMessage({ message, namespace: namespaceOf(name), key: by }),
  )
}

function list(job: SealwardJob, line = publicLine(key)): void {
  writeFileSync(join(job.workspace, 'sealward.yml'), `signers:\n  alice: ${line}\n`)
}

const required = { 'require-signature': 'true' }

describe('require-signature', () => {
  it('lets a file through that a signer of sealward.yml signed, and one of the input', async () => {
    const job = await startSealwardJob({ A: '1' })
    sign(job)
    list(job)
    expect(saidBy(await job.load(required))).toBe('')
    expect(job.exported).toEqual({ A: '1' })
    expect((await job.load({ ...required, signers: `alice ${publicLine(key)}` })).conclusion).toBe('success')
  })

  it.each<[string, (job: SealwardJob) => Promise<void> | void, string]>([
    ['has no signature', (job) => list(job), '[signature-missing]'],
    [
      'was changed since',
      async (job) => {
        sign(job)
        list(job)
        await job.add('.env.encrypted', { A: '2' })
      },
      '[signature-invalid]',
    ],
    [
      'was signed under another path',
      (job) => {
        sign(job, key, 'staging/.env.encrypted')
        list(job)
      },
      '[signature-invalid]',
    ],
    [
      'was signed by somebody else',
      (job) => {
        sign(job, newKey('ed25519'))
        list(job)
      },
      '[signer-unknown]',
    ],
    ['nobody may sign', (job) => sign(job), '[policy-invalid]'],
  ])('refuses a file that %s', async (_, prepare, code) => {
    const job = await startSealwardJob({ A: '1' })
    await prepare(job)
    const step = await job.load(required)
    expect([step.conclusion, job.result.env]).toEqual(['failure', {}])
    expect(saidBy(step)).toContain(code)
  })

  it('takes the list of the input instead of that of the repository', async () => {
    const job = await startSealwardJob({ A: '1' })
    const theirs = newKey('ed25519')
    sign(job, theirs)
    list(job, publicLine(theirs))
    expect((await job.load(required)).conclusion).toBe('success')
    const step = await job.load({ ...required, signers: `alice ${publicLine(key)}` })
    expect(saidBy(step)).toContain('[signer-unknown]')
  })
})
