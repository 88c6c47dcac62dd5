import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FORMATS } from '../../src/core/render/format.ts'
import { randomSecret } from '../support/git-repository.ts'
import type { StepResult } from './runner/step.ts'
import { startSealwardJob } from './sealward-job.ts'

const saidBy = ({ annotations }: StepResult) => annotations.map(({ type, message }) => `${type}: ${message}`)

describe('export-file', () => {
  it.each(FORMATS)('as %s holds what was decrypted, for the user alone', async (format) => {
    const secret = randomSecret()
    const job = await startSealwardJob({ A: secret })
    const step = await job.load({ 'export-file': 'app.txt', 'export-format': format })
    expect(saidBy(step)).toEqual([])
    const text = readFileSync(join(job.workspace, 'app.txt'), 'utf8')
    const carried = format === 'k8s' ? Buffer.from(secret).toString('base64') : secret
    expect(text.includes(carried) || text.includes(secret)).toBe(true)
    expect(step.stdout.split('\n').at(-2)).toContain(`written to ${join(job.workspace, 'app.txt')}`)
  })

  it('alone leaves the environment as it is', async () => {
    const job = await startSealwardJob({ A: randomSecret() })
    await job.load({ 'export-file': join(job.temp, 'a.env'), 'export-env': 'false' })
    expect(job.result.env).toEqual({})
  })

  it('takes what no environment can hold', async () => {
    const job = await startSealwardJob({ BIG: 'x'.repeat(131_072) })
    expect(saidBy(await job.load())[0]).toContain('BIG is too long for an environment')
    expect((await job.load({ 'export-file': 'big.env', 'export-env': 'false' })).conclusion).toBe('success')
    expect(readFileSync(join(job.workspace, 'big.env'), 'utf8').length).toBeGreaterThan(131_072)
  })

  it.each([
    ['../app.env', 'has ..'],
    ['/etc/app.env', 'outside of the folders'],
    ['.git/hooks/pre-commit', 'belongs to git or to the runner'],
    ['link/app.env', 'link'],
    ['.env.encrypted', 'exists'],
  ])('%s is refused, and nothing is exported', async (path, words) => {
    const job = await startSealwardJob({ A: randomSecret() })
    mkdirSync(join(job.workspace, 'folder'))
    symlinkSync('folder', join(job.workspace, 'link'))
    const step = await job.load({ 'export-file': path })
    expect([step.conclusion, job.result.env]).toEqual(['failure', {}])
    expect(saidBy(step).join()).toContain(words)
  })
})

describe('expand', () => {
  it('puts values in the place of references, and hides the parts and the whole', async () => {
    const [user, host] = [randomSecret(), randomSecret()]
    const job = await startSealwardJob({ USER_NAME: user, HOST_NAME: host, URL: 'https://${USER_NAME}@${HOST_NAME}/' })
    await job.load({ expand: 'true' })
    expect(job.exported.URL).toBe(`https://${user}@${host}/`)
    expect(job.mask(`${user} ${host} https://${user}@${host}/`)).toBe('*** *** ***')
    await job.load({})
    expect(job.exported.URL).toBe('https://${USER_NAME}@${HOST_NAME}/')
  })
})

describe('a variable that the job has already', () => {
  it.each([
    ['replace', 'success', 'ours', /^notice: A: the job had another value, which is replaced/],
    ['keep', 'success', 'theirs', /^notice: A: the job has another value, which stays/],
    ['error', 'failure', 'theirs', /^error: the job has A already, with other values \[exists\]/],
  ])('on-conflict: %s is a %s and leaves %s', async (setting, conclusion, value, words) => {
    const job = await startSealwardJob({ A: 'ours' }, { env: { A: 'theirs' } })
    const step = await job.load({ 'on-conflict': setting })
    expect([step.conclusion, (await job.seen(['A'])).A]).toEqual([conclusion, value])
    expect(saidBy(step)).toEqual([expect.stringMatching(words)])
  })

  it('is set to nothing when an earlier step of ours exported it and this one does not', async () => {
    const job = await startSealwardJob({ A: 'first one', B: 'second one' })
    await job.load()
    const step = await job.load({ only: 'B', 'unset-previous': 'true' })
    expect(await job.seen(['A', 'B'])).toEqual({ A: '', B: 'second one' })
    expect(saidBy(step)).toEqual([expect.stringMatching(/^notice: A: exported by an earlier step/)])
  })
})

describe('the outputs', () => {
  it('that a job cannot hand on are named', async () => {
    const job = await startSealwardJob({ A: randomSecret(), MODE: 'on' })
    const step = await job.load({ outputs: 'A MODE' })
    expect(saidBy(step)).toEqual([expect.stringMatching(/^notice: A: hidden in logs, so the runner drops/)])
    expect(job.outputs({ a: '${{ steps.load.outputs.A }}', mode: '${{ steps.load.outputs.MODE }}' })).toEqual({
      mode: 'on',
    })
  })
})

describe('the summary', () => {
  it.each([
    ['names', true, true],
    ['counts', true, false],
    ['off', false, false],
  ])('%s shows a table: %s, and names: %s, and no value', async (summary, table, names) => {
    const secret = randomSecret()
    const job = await startSealwardJob({ SOME_NAME: secret })
    await job.add('.env.production.encrypted', { OTHER: secret })
    const step = await job.load({ summary, files: '.env*.encrypted' })
    const seen = (text: string) =>
      (step.summary ?? '').replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(code)).includes(text)
    expect([seen('| File |'), seen('production'), seen('SOME_NAME'), seen(secret)]).toEqual([
      table,
      table,
      names,
      false,
    ])
  })
})

describe('the schema', () => {
  it('fails the step by names, never by values', async () => {
    const job = await startSealwardJob({ PORT: 'changeme-secret' })
    writeFileSync(join(job.workspace, 'sealward.yml'), 'schema: { PORT: { type: port }, MISSING: { required: true } }')
    const step = await job.load()
    expect([step.conclusion, job.result.env]).toEqual(['failure', {}])
    expect(saidBy(step).join()).toMatch(/PORT.*MISSING.*schema-mismatch/s)
    expect(step.stdout).not.toContain('changeme')
  })
})
