import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { judgeName } from '../../src/core/environment/names.ts'
import { randomSecret } from '../support/git-repository.ts'
import { newMember } from '../support/sealing.ts'
import type { Variables } from './runner/job-record.ts'
import type { StepResult } from './runner/step.ts'
import { type SealwardJob, startSealwardJob } from './sealward-job.ts'

/** What holds of every refusal: the step failed, nothing left it, and nothing secret was said, masked or not. Gives what it said. */
function refused(job: SealwardJob, step: StepResult, secrets: readonly string[] = []): string {
  expect([step.conclusion, step.exitCode]).toEqual(['failure', 2])
  expect([job.result.env, step.outputs, job.result.path, step.stderr]).toEqual([{}, {}, [], ''])
  for (const secret of [job.key, ...secrets])
    for (const part of [secret, secret.slice(0, 12), secret.slice(-12)]) expect(step.stdout).not.toContain(part)
  expect(step.annotations.map(({ type }) => type)).toEqual(['error'])
  return step.annotations[0]!.message
}

describe('a name that must not be set unasked', () => {
  it('fails the step before anything is exported, and all such names are told at once', async () => {
    const secret = randomSecret()
    const variables = {
      FINE: secret,
      PATH: '/x',
      LD_PRELOAD: 'x.so',
      GITHUB_TOKEN: 'x',
      GITHUB_SHA: 'x',
      NODE_OPTIONS: 'x',
    }
    const job = await startSealwardJob(variables)
    const said = refused(job, await job.load(), [secret])
    expect(said).toMatch(
      /^PATH, LD_PRELOAD, GITHUB_TOKEN can .*; GITHUB_SHA, NODE_OPTIONS cannot be set: .*\[name-denied\]\n/,
    )
    expect(said).toContain('allow-names: PATH, LD_PRELOAD, GITHUB_TOKEN')
    expect(said).not.toContain('FINE')
    expect(job.result.masks).toEqual([])
  })

  it('is judged after the prefix', async () => {
    const job = await startSealwardJob({ PRELOAD: 'x.so', OPTIONS: '--x' })
    expect(refused(job, await job.load({ prefix: 'LD_' }))).toMatch(/^LD_PRELOAD, LD_OPTIONS can /)
    expect(refused(job, await job.load({ prefix: 'NODE_', only: 'OPTIONS' }))).toMatch(/^NODE_OPTIONS cannot be set/)
  })

  it('is judged in any letter case, since Windows has one', async () => {
    const job = await startSealwardJob({ Path: '/x', node_options: 'x' })
    expect(refused(job, await job.load())).toMatch(/^Path can .*; node_options cannot/)
  })

  it('is told of alone when the others are allowed', async () => {
    const job = await startSealwardJob({ PATH: '/x', HOME: '/x' })
    expect(refused(job, await job.load({ 'allow-names': 'PATH' }))).toMatch(/^HOME can /)
  })

  it('is none of those that only or except leave out', async () => {
    const job = await startSealwardJob({ PATH: '/x', A: '1' })
    expect((await job.load({ except: 'PATH' })).conclusion).toBe('success')
    expect((await job.load({ only: 'A' })).conclusion).toBe('success')
  })

  it('cannot be allowed when the runner overrides it, and the refusal says so', async () => {
    const job = await startSealwardJob({ GITHUB_SHA: 'x', RUNNER_TEMP: 'x', NODE_OPTIONS: 'x' })
    const said = refused(job, await job.load({ 'allow-names': 'GITHUB_SHA RUNNER_TEMP NODE_OPTIONS' }))
    expect(said).toContain('GITHUB_SHA, RUNNER_TEMP, NODE_OPTIONS cannot be set: the runner overrides or refuses')
    expect(said).toContain('allow-names cannot help here')
  })

  it('is one of these for every variable that the runner sets again at each step', async () => {
    const job = await startSealwardJob({ A: '1' })
    const { stdout } = await job.run({
      script: 'env -0 | cut -z -d = -f 1 | tr "\\0" "\\n" | grep -E "^(GITHUB|RUNNER)_"',
    })
    const names = stdout.trimEnd().split('\n')
    expect(names.length).toBeGreaterThan(40)
    expect(names.filter((name) => judgeName(name, 'job') !== 'runner')).toEqual([])
  })
})

describe('a file that cannot be opened', () => {
  const secret = randomSecret()
  const files = (job: SealwardJob) => join(job.workspace, '.env.encrypted')
  const change = (job: SealwardJob, edit: (text: string) => string) => {
    const before = readFileSync(files(job), 'utf8')
    const after = edit(before)
    expect(after).not.toBe(before)
    writeFileSync(files(job), after)
  }

  it.each<[string, string, (job: SealwardJob) => void]>([
    ['has a value changed', 'value-not-authentic', (job) => change(job, (text) => text.replace(/data:./, flipFirst))],
    ['has two values exchanged', 'value-not-authentic', (job) => change(job, exchangeValues)],
    ['has a line less', 'mac-mismatch', (job) => change(job, (text) => text.replace(/^B=.*\n/m, ''))],
    [
      'has its lines in another order',
      'mac-mismatch',
      (job) => change(job, (text) => text.replace(/^(A=.*\n)(B=.*\n)/m, '$2$1')),
    ],
    [
      'has a plain value among its values',
      'plaintext-value',
      (job) => change(job, (text) => text.replace(/^B=.*$/m, `B=${secret}`)),
    ],
    ['has a name twice', 'duplicate', (job) => change(job, (text) => text.replace(/^(A=.*\n)/m, '$1$1'))],
    ['has been cut', 'malformed', (job) => change(job, (text) => text.slice(0, 200))],
    ['is a plaintext .env', 'malformed', (job) => change(job, () => `A=${secret}\n`)],
    ['is empty', 'malformed', (job) => change(job, () => '')],
  ])('%s fails the step: %s', async (_, code, tamper) => {
    const job = await startSealwardJob({ A: secret, B: `${secret} too` })
    tamper(job)
    const said = refused(job, await job.load(), [secret])
    expect(said).toMatch(/^\.env\.encrypted: /)
    expect(said).toContain(`[${code}]`)
  })

  it.each([
    ['of somebody else', async () => (await newMember()).identity.secret.reveal(), 'not among the recipients'],
    ['that is none', async () => `AGE-SECRET-KEY-1${randomSecret()}`, 'SEALWARD_KEY: line 1'],
    ['that is empty', async () => '', 'nothing there'],
  ])('because of a key %s fails the step, and says where it looked', async (_, makeKey, words) => {
    const job = await startSealwardJob({ A: secret })
    const key = await makeKey()
    const said = refused(job, await job.load({ key }), [secret, ...(key === '' ? [] : [key])])
    expect(said).toContain('[no-identity]')
    expect(said).toContain(words)
  })

  it.each<[string, Variables, string]>([
    ['a missing file', { files: 'missing.encrypted' }, 'missing.encrypted: no such file [not-found]'],
    ['a missing folder', { 'working-directory': 'missing' }, '.env.encrypted: no such file [not-found]'],
    ['a glob that matches nothing', { files: '*.missing' }, '*.missing: the pattern matches no file [not-found]'],
    [
      'a glob that matches nothing beside a file',
      { files: '.env.encrypted\n*.missing' },
      '*.missing: the pattern matches',
    ],
    ['a glob that leads out', { files: '../*.encrypted' }, '../*.encrypted: the glob has . or .. as a part [usage]'],
    ['a glob that takes away', { files: '*.encrypted\n!a*' }, '!a*: the glob starts with !'],
    ['a folder', { files: '.' }, ': cannot be read (EISDIR) [io]'],
    ['a second file that is missing', { files: '.env.encrypted\nb' }, 'b: no such file [not-found]'],
  ])('because it is %s fails the step, and it is named', async (_, inputs, words) => {
    const job = await startSealwardJob({ A: secret })
    expect(refused(job, await job.load(inputs), [secret])).toContain(words)
  })
})

describe('a value that no environment can hold', () => {
  it('is refused by name when a later step could not start, and taken when it just can', async () => {
    const most = 131_072 - 'BIG='.length - '\0'.length
    const job = await startSealwardJob({ A: '1', BIG: 'x'.repeat(most) })
    expect((await job.load()).conclusion).toBe('success')
    expect((await job.run({ script: 'echo ${#BIG}' })).stdout).toBe(`${most}\n`)
    const next = await startSealwardJob({ A: '1', BIG: 'x'.repeat(most + 1) })
    expect(refused(next, await next.load())).toMatch(/^BIG is too long .*\[limit\]/)
    expect((await next.load({ except: 'BIG' })).conclusion).toBe('success')
  })
})

describe('an input that is wrong', () => {
  it.each<[Variables, string]>([
    [{ mode: 'encrypt' }, 'the input mode takes decrypt, scan, check, organisation, rotate [usage]'],
    [{ mode: 'Decrypt' }, 'did you mean decrypt?'],
    [{ 'export-env': 'yes' }, 'the input export-env takes true or false [usage]'],
    [{ 'export-env': '1' }, 'the input export-env takes true or false [usage]'],
    [{ 'export-env': 'tRUE' }, 'the input export-env takes true or false [usage]'],
    [{ quotes: 'none' }, 'the input quotes takes literal, dotenv [usage]'],
    [{ prefix: '1A' }, 'the input prefix takes letters'],
    [{ prefix: 'A-B' }, 'the input prefix takes letters'],
    [{ prefix: 'A\nB' }, 'the input prefix takes letters'],
    [{ prefix: 'É' }, 'the input prefix takes letters'],
    [{ only: 'A MISSING' }, 'MISSING was asked for by name and is in none of the files [not-found]'],
    [{ only: 'a' }, 'a was asked for by name and is in none of the files [not-found]'],
    [{ except: 'MISSING' }, 'MISSING was asked for by name and is in none of the files [not-found]'],
    [{ only: '::add-mask::x' }, '(a name with unusual characters) was asked for by name'],
    [{ outputs: 'MISSING' }, 'the output MISSING is no variable of the files [not-found]'],
    [{ outputs: 'A', prefix: 'X_' }, 'the output A is no variable of the files [not-found]'],
  ])('%j is refused by its name, with what it takes', async (inputs, words) => {
    const secret = randomSecret()
    const job = await startSealwardJob({ A: secret })
    const said = refused(job, await job.load(inputs), [secret])
    expect(said).toContain(words)
  })

  it.each<Variables>([
    { mode: ' decrypt ' },
    { 'export-env': 'TRUE' },
    { 'export-env': 'True' },
    { mode: '', files: ' \n', 'export-env': '', quotes: '', prefix: '', 'working-directory': '' },
  ])('is not %j: blanks round a value, the spellings of YAML, and empty for the default', async (inputs) => {
    const job = await startSealwardJob({ A: '1' })
    expect([(await job.load(inputs)).conclusion, job.exported]).toEqual(['success', { A: '1' }])
  })
})

function flipFirst(start: string): string {
  return start.endsWith('A') ? 'data:B' : 'data:A'
}

function exchangeValues(text: string): string {
  return text.replace(/^A=(.*)\nB=(.*)$/m, 'A=$2\nB=$1')
}
