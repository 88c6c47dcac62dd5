import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startTestJob, writeAction } from './fixture-action.ts'
import { readActionMetadata } from './host/action-metadata.ts'
import { startJob } from './job.ts'
import { expand } from './model/expression.ts'

const INPUTS = `inputs:
  mode: { default: decrypt }
  count: { default: 3 }
  flag: { default: false }
  two words: { required: true }
  dashed-name: { default: '\${{ github.repository }} \${{ github.nothing }}' }
  old: { deprecationMessage: use mode }
outputs:
  url: { description: where }`

describe('action.yml', () => {
  it('gives inputs with their defaults as text, outputs and scripts', async () => {
    const metadata = await readActionMetadata(await writeAction({ main: '', post: '', inputs: INPUTS }))
    expect(metadata).toMatchObject({
      using: 'node24',
      main: 'dist/main.js',
      post: 'dist/post.js',
      postIf: 'always()',
      outputs: ['url'],
    })
    expect(metadata.inputs.map(({ name, required, default: value }) => [name, required, value])).toEqual([
      ['mode', false, 'decrypt'],
      ['count', false, '3'],
      ['flag', false, 'false'],
      ['two words', true, ''],
      ['dashed-name', false, '${{ github.repository }} ${{ github.nothing }}'],
      ['old', false, ''],
    ])
  })

  it.each(['docker', 'composite', 'node24x'])('must not say using: %s', async (using) => {
    await expect(readActionMetadata(await writeAction({ main: '', using }))).rejects.toThrow('JavaScript actions only')
  })

  it('must be there, and name files of dist/', async () => {
    const job = await startTestJob()
    await expect(job.uses({ action: job.workspace })).rejects.toThrow('there is no action.yml')
    await expect(job.uses()).rejects.toThrow('neither the job nor the step names an action')
    const action = await writeAction({ main: '' })
    await writeFile(join(action, 'action.yml'), 'runs: { using: node24, main: dist/other.js }')
    await expect(job.uses({ action })).rejects.toThrow('other.js')
    await writeFile(join(action, 'action.yml'), 'runs: { using: node20, main: dist/main.js }')
    await expect(job.uses({ action })).rejects.toThrow("runs.using is 'node20'")
  })
})

describe('an action', () => {
  it('runs on Node 24 in the workspace, from a folder with action.yml and dist/ only', async () => {
    const main = `console.log(process.versions.node.split('.')[0], process.cwd(), require('node:fs').readdirSync(require('node:path').dirname(__dirname)).join())`
    const action = await writeAction({ main })
    await writeFile(join(action, 'package.json'), '{}')
    const job = await startTestJob({ action })
    expect((await job.uses()).stdout).toBe(`24 ${job.workspace} action.yml,dist\n`)
  })

  it('gets its inputs by the rules of names, defaults and warnings', async () => {
    const main = `console.log(JSON.stringify(Object.entries(process.env).filter(([n]) => n.startsWith('INPUT_')).sort()))`
    const job = await startTestJob({ action: await writeAction({ main, inputs: INPUTS }) })
    const step = await job.uses({ with: { Mode: 'x', extra: ' y ', old: 'z' } })
    expect(JSON.parse(step.stdout)).toEqual([
      ['INPUT_COUNT', '3'],
      ['INPUT_DASHED-NAME', 'octo-org/example '],
      ['INPUT_EXTRA', ' y '],
      ['INPUT_FLAG', 'false'],
      ['INPUT_MODE', 'x'],
      ['INPUT_OLD', 'z'],
      ['INPUT_TWO_WORDS', ''],
    ])
    expect(step.annotations.map(({ message }) => message)).toEqual([
      "Input 'old' has been deprecated with message: use mode",
      "Unexpected input(s) 'extra', valid inputs are ['mode', 'count', 'flag', 'two words', 'dashed-name', 'old']",
    ])
  })

  it('sees the job and nothing of the environment of the tests', async () => {
    process.env.SEALWARD_LEAK = 'leak'
    const action = await writeAction({ main: 'console.log(JSON.stringify(process.env))' })
    const job = await startTestJob({
      action,
      event: { name: 'pull_request', payload: { number: 7 } },
      github: { ref: 'refs/tags/v1' },
    })
    const env = JSON.parse((await job.uses({ id: 'load' })).stdout) as Record<string, string>
    delete process.env.SEALWARD_LEAK
    expect(env).toMatchObject({
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION: 'load',
      GITHUB_ACTION_REPOSITORY: 'octo-org/action',
      GITHUB_ACTION_REF: 'v1',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_REF_NAME: 'v1',
      GITHUB_REF_TYPE: 'tag',
      GITHUB_REPOSITORY: 'octo-org/example',
      GITHUB_WORKSPACE: job.workspace,
      RUNNER_TEMP: job.temp,
      HOME: job.home,
    })
    expect(JSON.parse(await readFile(env.GITHUB_EVENT_PATH as string, 'utf8'))).toEqual({ number: 7 })
    for (const name of ['ENV', 'OUTPUT', 'PATH', 'STATE', 'STEP_SUMMARY']) {
      expect((await stat(env[`GITHUB_${name}`] as string)).size).toBe(0)
    }
    expect(env).not.toHaveProperty('SEALWARD_LEAK')
    expect(env).not.toHaveProperty('GITHUB_TOKEN')
  })

  it.each([
    ['process.exitCode = 3', 3],
    ['process.kill(process.pid, "SIGTERM")', 143],
  ])('fails by its exit code: %s', async (main, exitCode) => {
    const job = await startTestJob({ action: await writeAction({ main }) })
    expect(await job.uses()).toMatchObject({ conclusion: 'failure', exitCode })
    expect(job.result.conclusion).toBe('failure')
  })
})

describe('conditions', () => {
  it('skip steps after a failure, unless they say otherwise', async () => {
    const job = await startTestJob()
    await job.run({ script: 'false', continueOnError: true })
    await job.run({ script: 'exit 4' })
    for (const condition of ['success()', 'failure()', 'always()', 'cancelled()', '!cancelled()'] as const) {
      await job.run({ script: 'true', if: condition })
    }
    expect(job.result.steps.map(({ outcome, conclusion }) => `${outcome}/${conclusion}`)).toEqual([
      'failure/success',
      'failure/failure',
      'skipped/skipped',
      'success/success',
      'success/success',
      'skipped/skipped',
      'success/success',
    ])
    expect(job.result.log).toContain('##[error]Process completed with exit code 4.')
  })
})

describe('post steps', () => {
  const main = `const { appendFileSync } = require('node:fs'); appendFileSync(process.env.GITHUB_STATE, 'Who=' + process.env.INPUT_WHO); console.log('main', process.env.INPUT_WHO, process.env.STATE_Who); process.exitCode = Number(process.env.INPUT_CODE)`
  const post = `const { appendFileSync } = require('node:fs'); console.log('post', process.env.INPUT_WHO, process.env.STATE_Who, process.env.SEEN, process.env.STEP); appendFileSync(process.env.GITHUB_ENV, 'SEEN=' + process.env.INPUT_WHO); appendFileSync(process.env.GITHUB_OUTPUT, 'x=1')`
  const inputs = 'inputs:\n  who: {}\n  code: { default: 0 }'

  it('run last first, after a failure too, with their own inputs, state and variables', async () => {
    const job = await startTestJob({ action: await writeAction({ main, post, inputs }) })
    await job.uses({ with: { who: 'a' }, env: { STEP: 'of a' } })
    await job.uses({ with: { who: 'b', code: '1' } })
    await job.uses({ with: { who: 'skipped' } })
    const { steps, log } = await job.finish()
    expect(steps.map(({ stdout }) => stdout.trim())).toEqual([
      'main a undefined',
      'main b undefined',
      '',
      'post b b undefined undefined',
      'post a a b of a',
    ])
    expect(steps.at(-1)).toMatchObject({
      id: null,
      name: 'Post Run octo-org/action@v1',
      log: 'Post job cleanup.\npost a a b of a',
    })
    expect(log).toContain('Post job cleanup.')
    expect((await job.finish()).steps).toHaveLength(5)
  })

  it('heed post-if', async () => {
    const job = await startTestJob({ action: await writeAction({ main, post, inputs, postIf: 'success()' }) })
    await job.uses({ with: { code: '1' } })
    expect((await job.finish()).steps.at(-1)?.conclusion).toBe('skipped')
  })
})

describe('job outputs', () => {
  it('are dropped with a warning when a mask would change them, and kept otherwise', async () => {
    const job = await startTestJob({ secrets: { A: 'hunter42', SHORT: '5432' } })
    await job.run({
      id: 'Load',
      script: `printf 'url=db:5432\\nname=example\\nenc=%s\\n' "$(printf hunter42 | base64)" >> $GITHUB_OUTPUT`,
    })
    await job.run({ script: 'echo "lost=1" >> $GITHUB_OUTPUT' })
    const kept = job.outputs({
      url: '${{ steps.load.outputs.url }}',
      enc: "${{ steps['Load'].outputs.enc }}",
      text: 'is ${{ steps.load.outputs.NAME }}, ${{ steps.load.conclusion }}',
      empty: '${{ steps.load.outputs.missing }}',
      lost: '${{ steps.null.outputs.lost }}',
    })
    expect(kept).toEqual({ text: 'is example, success' })
    expect((await job.finish()).outputs).toEqual(kept)
    expect(job.result.annotations.map(({ type, message }) => `${type}: ${message}`)).toEqual([
      "warning: Skip output 'url' since it may contain secret.",
      "warning: Skip output 'enc' since it may contain secret.",
    ])
  })

  it('are read by reference only', () => {
    const context = { steps: { a: { outputs: { 'b-c': '1' } } } }
    expect(
      expand("x ${{ steps.a.outputs.b-c }} ${{ steps['a']['outputs']['B-C'] }} ${{ a.b }} ${{ steps }}", context),
    ).toBe('x 1 1  ')
    for (const wrong of ["'text'", 'a == b', 'toJSON(steps)', 'a[0]', '']) {
      expect(() => expand(`\${{ ${wrong} }}`, context)).toThrow('cannot evaluate')
    }
  })
})

describe('the tokens of a job', () => {
  it('are masked before the first step, the github token in its basic-auth form too', async () => {
    const token = 'example-token-value'
    const job = await startTestJob({ token, secrets: { KEY: ' padded\r\n value ' } })
    const basic = Buffer.from(`x-access-token:${token}`).toString('base64')
    expect(job.mask(`${token} ${basic} padded value`)).toBe('*** *** *** ***')
    expect(job.result.masks).toEqual([])
  })

  it('leave with the job: its folders are deleted', async () => {
    const job = await startJob()
    await job.remove()
    await expect(stat(job.workspace)).rejects.toThrow('ENOENT')
  })
})
