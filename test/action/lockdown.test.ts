import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { JobOptions } from './runner/job.ts'
import { startSealwardJob } from './sealward-job.ts'

const LOCKDOWN = 'lockdown:\n  since: 2026-11-21T12:00:00Z\n  reason: laptop stolen\n'

async function load(policy: string, options: JobOptions = {}) {
  const job = await startSealwardJob({ TOKEN: 'token-of-the-test' }, options)
  writeFileSync(join(job.workspace, 'sealward.yml'), policy)
  return { job, step: await job.load({ outputs: 'TOKEN' }) }
}

describe('a job in a repository that is locked down', () => {
  it('is given nothing, and is told since when, why, and what ends it', async () => {
    const { job, step } = await load(LOCKDOWN)
    expect([step.conclusion, job.result.env, step.outputs]).toEqual(['failure', {}, {}])
    const [{ message } = { message: '' }] = step.annotations
    expect(message).toContain('nothing is decrypted here since the lockdown of 2026-11-21T12:00:00Z: laptop stolen')
    expect(message).toContain('[locked-down]')
    expect(message).toContain('sealward lockdown --lift')
    expect(step.stdout).not.toContain('token-of-the-test')
  })

  it('is given its secrets where another environment, or another ref, is locked down', async () => {
    for (const more of ['  environments: [production]\n', '  refs: [refs/tags/**]\n']) {
      const { job, step } = await load(LOCKDOWN + more)
      expect([step.conclusion, job.exported]).toEqual(['success', { TOKEN: 'token-of-the-test' }])
    }
  })
})
