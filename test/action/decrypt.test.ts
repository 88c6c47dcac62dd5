import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inCI } from '../peers.ts'
import { value } from '../support/documents.ts'
import { startSealwardJob } from './sealward-job.ts'

/** What a shell, a runner's file or a masker might trip over. */
const TRICKY: Readonly<Record<string, string>> = {
  QUOTES: `it's "quoted" and \`ticked\``,
  DOLLARS: '$HOME ${HOME} $(id) \\ \\n \\\\ !! *',
  LINES: 'first\nsecond\n\nfourth\n',
  CRLF: 'first\r\nsecond\r\n',
  CR: 'first\rsecond\r',
  BLANKS: '  \t padded \t ',
  EMPTY: '',
  LINE_END: '\n',
  UNICODE: 'é 日本 🔑 \u{feff} \u{2028} e\u0301',
  COMMENT: '# not = a comment # at all',
  COMMANDS: '::add-mask::x\n##[error]y\n::stop-commands::z',
  ESCAPES: '%0A %0D %25 %3A',
  HEREDOC: 'ghadelimiter_00000000-0000-4000-8000-000000000000\nEOF\nB<<EOF\n',
  JSON: '{\n  "private": "key\\n"\n}',
  ENCRYPTED: 'ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]',
}

describe('the Action', () => {
  it('hands every value to later steps, byte for byte', async () => {
    const job = await startSealwardJob(TRICKY)
    const step = await job.load()
    expect([step.conclusion, step.exitCode, step.stderr]).toEqual(['success', 0, ''])
    expect(await job.seen(Object.keys(TRICKY))).toEqual(TRICKY)
    expect(job.exported).toEqual(TRICKY)
  })

  it('hands on whatever values a .env can hold', async () => {
    const values = fc.array(
      value.filter((text) => !text.includes('\0')),
      { minLength: 60, maxLength: 60 },
    )
    const property = fc.asyncProperty(values, async (list) => {
      const variables = Object.fromEntries(list.map((text, index) => [`V${index}`, text]))
      const job = await startSealwardJob(variables)
      await job.load()
      expect(await job.seen(Object.keys(variables))).toEqual(variables)
    })
    await fc.assert(property, { numRuns: inCI ? 10 : 1, endOnFailure: true })
  })

  it('says what it did in one line, with names of files and no values', async () => {
    const job = await startSealwardJob({ ONE: 'first value', TWO: 'second value' })
    await job.add('b.env.encrypted', { THREE: 'third value' })
    const said = (text: string) => text.split('\n').filter((line) => !line.startsWith('::add-mask::') && line !== '')
    expect(said((await job.load({ files: '.env.encrypted\nb.env.encrypted' })).stdout)).toEqual([
      'sealward: 3 variables from .env.encrypted, b.env.encrypted',
    ])
    expect(said((await job.load({ only: 'ONE' })).stdout)).toEqual(['sealward: 1 variable from .env.encrypted'])
  })
})

describe('the input files', () => {
  it('merges, and later files win', async () => {
    const job = await startSealwardJob({ A: 'base', B: 'base' })
    await job.add('prod.env.encrypted', { B: 'prod', C: 'prod' })
    await job.load({ files: '.env.encrypted\n\n  prod.env.encrypted  \n' })
    expect(job.exported).toEqual({ A: 'base', B: 'prod', C: 'prod' })
  })

  it('takes globs: what one matches comes in the order of names', async () => {
    const job = await startSealwardJob({ A: 'not loaded' })
    mkdirSync(join(job.workspace, 'envs'))
    await job.add('envs/2.env.encrypted', { A: '2', B: '2' })
    await job.add('envs/1.env.encrypted', { A: '1', C: '1' })
    const { outputs } = await job.load({ files: 'envs/*.encrypted' })
    expect(job.exported).toEqual({ A: '2', B: '2', C: '1' })
    expect(outputs.count).toBe('3')
  })

  it('counts a file that is named twice where it is named last', async () => {
    const job = await startSealwardJob({ A: 'not loaded' })
    await job.add('1.env.encrypted', { A: '1' })
    await job.add('2.env.encrypted', { A: '2' })
    await job.load({ files: '*.env.encrypted\n1.env.encrypted' })
    expect(job.exported).toEqual({ A: '1' })
  })

  it('is relative to working-directory, which is relative to the checkout', async () => {
    const job = await startSealwardJob({ A: 'top' })
    mkdirSync(join(job.workspace, 'service'))
    await job.add('service/.env.encrypted', { A: 'service' })
    await job.load({ 'working-directory': 'service' })
    expect(job.exported).toEqual({ A: 'service' })
    await job.load({ 'working-directory': 'service', files: '../.env.encrypted' })
    expect(job.exported).toEqual({ A: 'top' })
    await job.load({ 'working-directory': 'service', files: '*.encrypted' })
    expect(job.exported).toEqual({ A: 'service' })
  })
})

describe('the inputs that choose and name', () => {
  it('only and except take names as they stand in the files, and prefix comes after', async () => {
    const job = await startSealwardJob({ A: '1', B: '2', C: '3' })
    const { outputs } = await job.load({ only: 'A, B\nC', except: 'B', prefix: 'APP_' })
    expect(job.exported).toEqual({ APP_A: '1', APP_C: '3' })
    expect([outputs.keys, outputs.count]).toEqual(['["APP_A","APP_C"]', '2'])
  })

  it('prefix can make a name harmless', async () => {
    const job = await startSealwardJob({ PATH: '/x', NODE_OPTIONS: '--x' })
    await job.load({ prefix: 'APP_' })
    expect(job.exported).toEqual({ APP_PATH: '/x', APP_NODE_OPTIONS: '--x' })
  })

  it('allow-names lets a dangerous name through, by its exact name', async () => {
    const job = await startSealwardJob({ EDITOR: 'ed', GITHUB_TOKEN: 'a-token' })
    await job.load({ 'allow-names': 'EDITOR GITHUB_TOKEN' })
    expect(await job.seen(['EDITOR', 'GITHUB_TOKEN'])).toEqual({ EDITOR: 'ed', GITHUB_TOKEN: 'a-token' })
  })

  it.each([
    ['', `'quoted'`],
    ['literal', `'quoted'`],
    ['dotenv', 'quoted'],
  ])('quotes: %j reads a value that was encrypted with its quotes as %s', async (quotes, expected) => {
    const job = await startSealwardJob({ A: `'quoted'` })
    await job.load({ quotes })
    expect(job.exported).toEqual({ A: expected })
  })
})

describe('outputs of the step', () => {
  it('are the names and their count, and no value unless it is asked for', async () => {
    const job = await startSealwardJob({ A: 'first\nlines', B: 'second' })
    expect((await job.load()).outputs).toEqual({ keys: '["A","B"]', count: '2' })
    expect((await job.load({ outputs: 'A' })).outputs).toEqual({ keys: '["A","B"]', count: '2', A: 'first\nlines' })
    expect((await job.load({ outputs: 'X_B', prefix: 'X_' })).outputs.X_B).toBe('second')
  })

  it('can be all there is: export-env false leaves the environment alone', async () => {
    const job = await startSealwardJob({ A: 'hunter42' })
    const { outputs } = await job.load({ 'export-env': 'false', outputs: 'A' })
    expect([job.exported, outputs.A, outputs.count]).toEqual([{}, 'hunter42', '1'])
    expect(job.mask('is hunter42')).toBe('is ***')
  })

  it('do not leave the job: the runner drops a job output that holds a secret', async () => {
    const job = await startSealwardJob({ A: 'hunter42' })
    await job.load({ outputs: 'A' })
    expect(job.outputs({ a: '${{ steps.load.outputs.A }}', n: '${{ steps.load.outputs.count }}' })).toEqual({ n: '1' })
  })
})

describe('where the key may be', () => {
  it.each([
    ['the variable SEALWARD_KEY', (key: string) => ({ env: { SEALWARD_KEY: key } })],
    ['the variable SOPS_AGE_KEY', (key: string) => ({ env: { SOPS_AGE_KEY: `# a comment\n${key}\n` } })],
    ['the file of SEALWARD_KEY_FILE', (_: string, file: string) => ({ env: { SEALWARD_KEY_FILE: file } })],
  ])('is also %s', async (_, where) => {
    const job = await startSealwardJob({ A: '1' })
    const file = join(job.temp, 'key.txt')
    writeFileSync(file, job.key, { mode: 0o600 })
    job.commit()
    const step = await job.uses({ id: 'load', ...where(job.key, file) })
    expect([step.conclusion, job.exported]).toEqual(['success', { A: '1' }])
  })

  it('is also the key file of a runner of one’s own', async () => {
    const job = await startSealwardJob({ A: '1' })
    mkdirSync(join(job.home, '.config', 'sealward'), { recursive: true })
    writeFileSync(join(job.home, '.config', 'sealward', 'keys.txt'), job.key, { mode: 0o600 })
    job.commit()
    expect((await job.uses()).conclusion).toBe('success')
  })
})
