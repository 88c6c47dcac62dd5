import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newMember } from '../support/sealing.ts'
import type { StepResult } from './runner/step.ts'
import { startSealwardJob } from './sealward-job.ts'

const random = () => randomBytes(12).toString('hex')

describe('the masks', () => {
  it('are the first thing that the process says, on either stream', async () => {
    const job = await startSealwardJob({ A: random(), B: `${random()}\n${random()}` })
    const { stdout, stderr } = await job.load()
    const isMask = stdout.split('\n').map((line) => line.startsWith('::add-mask::'))
    expect(isMask.lastIndexOf(true)).toBe(isMask.indexOf(false) - 1)
    expect([isMask[0], isMask.at(-2), stderr]).toEqual([true, false, ''])
  })

  it('hide a value of several lines, line by line, in whatever a later step prints', async () => {
    const lines = [random(), `  ${random()}`, random()]
    const job = await startSealwardJob({ ONE: random(), LINES: lines.join('\n'), CRLF: lines.join('\r\n') })
    await job.load()
    expect(job.result.masks).toEqual(expect.arrayContaining([lines[0], lines[1]!.trim(), lines[2]]))
    const { log, stdout } = await job.run({
      script: 'echo "$ONE"; echo "$LINES"; printf "%s" "$CRLF"; echo "$LINES" | head -n 2 | tail -n 1; env',
    })
    for (const secret of [job.exported.ONE!, ...lines.map((line) => line.trim())]) {
      expect(stdout).toContain(secret)
      expect(log).not.toContain(secret)
    }
  })

  it('hide what every later step’s header shows', async () => {
    const secret = random()
    const job = await startSealwardJob({ A: secret })
    await job.load()
    await job.run({ script: 'true' })
    expect(job.result.log).toContain('  A: ***')
    expect(job.result.log).not.toContain(secret)
  })

  it('hide a value that is full of what commands are made of', async () => {
    const value = `::add-mask::%0A%25${random()}##[error]`
    const job = await startSealwardJob({ A: value })
    await job.load()
    expect(job.result.masks).toContain(value)
    expect(job.mask(value)).toBe('***')
  })

  it('hide what is not handed on too: a later step may open the same file', async () => {
    const [handed, kept] = [random(), random()]
    const job = await startSealwardJob({ A: handed, B: kept })
    await job.load({ only: 'A' })
    expect([job.mask(handed), job.mask(kept)]).toEqual(['***', '***'])
  })

  it('leave out what is public, by the input and by sealward.yml, and what stands unencrypted in the file', async () => {
    const [one, two, plain] = [random(), random(), random()]
    const job = await startSealwardJob({ ONE: one, APP_REGION: two, NOTE_unencrypted: plain })
    writeFileSync(join(job.workspace, 'sealward.yml'), 'public: ["*_REGION"]\n')
    expect((await job.load({ public: 'ONE' })).conclusion).toBe('success')
    expect([one, two, plain].map((value) => job.mask(value))).toEqual([one, two, plain])
  })

  it('name what is too short, and hide it or refuse it where that is asked for', async () => {
    const variables = { PIN: 'xy7', DEBUG: 'true', PORT: '5432' }
    const job = await startSealwardJob(variables)
    const said = ({ annotations }: StepResult) => annotations.map(({ type, message }) => `${type}: ${message}`)
    expect(said(await job.load())).toEqual(['warning: too short to be hidden: PIN'])
    expect(said(await job.load({ 'mask-short': 'error' }))).toEqual([expect.stringMatching(/^error: .*: PIN \[/)])
    expect(job.mask('xy7 true 5432')).toBe('xy7 true 5432')
    expect(said(await job.load({ 'min-mask-length': '3' }))).toEqual([])
    expect(said(await job.load({ 'mask-short': 'mask' }))).toEqual([])
    expect(job.mask('xy7 true 5432')).toBe('*** true 5432')
  })

  it('stay within the budget, and say so', async () => {
    const job = await startSealwardJob(
      Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`A${index}`, random()])),
    )
    const { annotations } = await job.load({ 'mask-budget': '100' })
    expect(job.result.masks.length).toBe(100)
    expect(annotations.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^many secrets: the rarest forms/),
    ])
  })
})

describe('the key', () => {
  const hidden = async (where: { env?: Record<string, string>; file?: string }) => {
    const job = await startSealwardJob({ A: '1' }, { secrets: {} })
    const other = (await newMember()).identity.secret.reveal()
    const text = `# made by hand\n${other} ${job.key} # both\n`
    if (where.file !== undefined) {
      mkdirSync(join(job.home, where.file, '..'), { recursive: true })
      writeFileSync(join(job.home, where.file), text, { mode: 0o600 })
    }
    const env = Object.fromEntries(
      Object.entries(where.env ?? {}).map(([name, form]) => [name, form.replace('KEY', text)]),
    )
    job.commit()
    expect((await job.uses({ env })).conclusion).toBe('success')
    return [job.mask(`is ${job.key}`), job.mask(`is ${other}`), job.mask('# made by hand')]
  }

  it.each([
    ['SEALWARD_KEY', { env: { SEALWARD_KEY: 'KEY' } }],
    ['SECRETS_MASTER_KEY', { env: { SECRETS_MASTER_KEY: 'KEY' } }],
    ['SOPS_AGE_KEY', { env: { SOPS_AGE_KEY: 'KEY' } }],
    ['SOPS_AGE_KEY_CMD', { env: { SOPS_AGE_KEY_CMD: "printf '%s' 'KEY'" } }],
    ['the key file of sealward', { file: '.config/sealward/keys.txt' }],
    ['the key file of sops', { file: '.config/sops/age/keys.txt' }],
  ])('from %s is hidden too, each identity by itself', async (_, where) => {
    expect(await hidden(where)).toEqual(['is ***', 'is ***', '# made by hand'])
  })
})
