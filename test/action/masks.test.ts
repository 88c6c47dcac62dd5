import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newMember } from '../support/sealing.ts'
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

  it('hide a value of several lines whole and line by line, in whatever a later step prints', async () => {
    const lines = [random(), `  ${random()}`, random()]
    const job = await startSealwardJob({ ONE: random(), LINES: lines.join('\n'), CRLF: lines.join('\r\n') })
    await job.load()
    expect(job.result.masks).toEqual(expect.arrayContaining([lines.join('\n'), lines[0], lines[1]!.trim(), lines[2]]))
    const { log, stdout } = await job.run({
      script: 'echo "$ONE"; echo "$LINES"; printf "%s" "$CRLF"; echo "$LINES" | head -n 2 | tail -n 1; env',
    })
    for (const secret of [job.result.env.ONE!, ...lines.map((line) => line.trim())]) {
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

  it('leave out what is not handed on', async () => {
    const [handed, kept] = [random(), random()]
    const job = await startSealwardJob({ A: handed, B: kept })
    await job.load({ only: 'A' })
    expect([job.mask(handed), job.mask(kept)]).toEqual(['***', kept])
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
