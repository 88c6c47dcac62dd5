import { describe, expect, it } from 'vitest'
import { makeZip } from '../../support/make-zip.ts'
import { logOf, openRunScene } from './run-scene.ts'
import { newToken } from './scan-job.ts'

const MIB = 1024 * 1024
/** As the runner writes it: nothing in it is a secret. */
const CHECKOUT = logOf(
  '##[group]Run actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8',
  'with:',
  '  repository: octo-org/example',
  '  token: ***',
  '  ssh-strict: true',
  '  persist-credentials: false',
  '##[endgroup]',
  '[command]/usr/bin/git config --local http.https://github.com/.extraheader AUTHORIZATION: basic ***',
  'HEAD is now at 0123456 Merge 89abcdef0123456789abcdef0123456789abcdef into main',
  'DATABASE_URL=postgres://app:***@db.internal:5432/app',
  'API_TOKEN: ***',
  'Post job cleanup.',
)

const places = (step: { report: { findings: readonly object[] } | null }) =>
  step.report?.findings.map((one) => {
    const { file, line, rule } = one as { file: string; line?: number; rule: string }
    return `${file}:${line} ${rule}`
  })

describe('the logs of a finished run', () => {
  it('are clean where everything is masked, and no job says otherwise', async () => {
    const scene = await openRunScene({ logs: { build: CHECKOUT, deploy: CHECKOUT } })
    const step = await scene.scan({ issue: 'true' })
    expect([step.exitCode, places(step), scene.repository.issues]).toEqual([0, [], []])
    expect(step.stdout).toContain('2 texts of logs and artifacts')
  })

  it('are searched for own values in any form, and the place is the job and the line', async () => {
    const scene = await openRunScene({ logs: { build: CHECKOUT } })
    const hex = Buffer.from(scene.value).toString('hex')
    const half = (part: string) => `\u001b[36;1m##[debug]${part}\u001b[0m`
    scene.leave({
      logs: {
        build: CHECKOUT,
        'deploy (eu, 2)': logOf('one', `\u001b[31m${hex.slice(0, 9)}\u001b[0m${hex.slice(9)}`, 'three'),
        split: logOf('a', half(scene.value.slice(0, 12)), half(scene.value.slice(12))),
      },
    })
    const step = await scene.scan()
    expect(step.exitCode).toBe(1)
    expect(places(step)).toEqual(['logs: deploy (eu, 2):2 own-secret', 'logs: split:2 own-secret'])
    expect(step.summary).toContain('DATABASE&#95;PASSWORD')
    const [first] = step.annotations
    expect([first?.type, first?.properties.file]).toEqual(['error', undefined])
    expect(first?.message).toContain(`of run ${scene.run}`)
  })

  it('are searched by the shape of tokens too, without a checkout of the code or a key', async () => {
    const scene = await openRunScene({ logs: { build: logOf('x', `token ${newToken()}`) } })
    const step = await scene.scan({ targets: 'logs', 'own-secrets': 'false', key: '' })
    expect([step.exitCode, places(step)]).toEqual([1, [expect.stringMatching(/^logs: build:2 github/)]])
    expect(scene.github.received.map(({ route }) => route).filter((route) => /artifacts/.test(route))).toEqual([])
  })

  it('allow nothing by a comment, and the name of a job makes them no other kind of file', async () => {
    const line = `TOKEN=${newToken()} # sealward:allow * it is mine`
    const scene = await openRunScene({ logs: { 'test/fixtures/x.md': logOf(line) } })
    expect((await scene.scan()).exitCode).toBe(1)
  })

  it('are allowed by sealward.yml alone, by the name of the job, and with a reason', async () => {
    const policy = `scan:\n  allow:\n    - { path: 'logs: docs*', rule: github-pat, reason: an example of the manual }\n`
    const scene = await openRunScene({ policy, logs: { 'docs (1)': logOf(newToken()), build: logOf(newToken()) } })
    const step = await scene.scan()
    expect([places(step)?.length, places(step)?.[0], step.report?.allowed.length]).toEqual([
      1,
      expect.stringContaining('logs: build'),
      1,
    ])
  })

  it('that cannot be fetched fail the step, after the others were told', async () => {
    const scene = await openRunScene({ logs: { a: CHECKOUT, b: logOf(`token ${newToken()}`) } })
    const route = 'GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs'
    scene.github.break({ route, times: 1, fault: { kind: 'status', status: 451 } })
    const step = await scene.scan()
    expect([step.exitCode, places(step)?.length]).toEqual([2, 1])
    expect(step.stdout).toContain('logs: a: not looked at whole: not fetched')
  })

  it('are said to be missing where GitHub has deleted them', async () => {
    const scene = await openRunScene({ logs: { a: CHECKOUT } })
    const [run] = scene.repository.runs
    scene.repository.runs[0] = { ...run!, jobs: run!.jobs.map((job) => ({ ...job, log: null })) }
    const step = await scene.scan()
    expect([step.exitCode, step.stdout]).toEqual([0, expect.stringContaining('logs: a: not looked at whole: is gone')])
    expect(step.annotations.map(({ message }) => message)).toContain(
      'there was nothing to look at in the logs and artifacts of the run',
    )
  })

  it('need actions: read in a private repository, and the error says so', async () => {
    const scene = await openRunScene({ private: true, logs: { a: CHECKOUT } })
    scene.permissions([])
    const step = await scene.scan()
    expect([step.exitCode, step.annotations.at(-1)?.message]).toEqual([2, expect.stringContaining('actions: read')])
  })
})

describe('the artifacts of a finished run', () => {
  it('are opened in memory, one in the other, and what is no archive is read as it is', async () => {
    const scene = await openRunScene({})
    const inner = makeZip([{ name: 'conf/.env', content: `PASSWORD=${scene.value}\n` }])
    const zip = makeZip([
      { name: 'inner.zip', content: inner },
      { name: '../../etc/cron.d/x', content: Buffer.from(scene.value).toString('base64') },
    ])
    const raw = Buffer.from(`a\n${scene.value}\n`)
    scene.leave({
      artifacts: [
        { name: 'dist', zip },
        { name: 'raw', zip: raw },
      ],
    })
    const step = await scene.scan()
    expect(places(step)).toEqual([
      'artifact dist!(..)/(..)/etc/cron.d/x:1 own-secret',
      'artifact dist!inner.zip!conf/.env:1 plaintext-dotenv',
      'artifact dist!inner.zip!conf/.env:1 own-secret',
      'artifact raw:2 own-secret',
    ])
    expect(step.stdout).toContain('leads out of the archive')
  })

  it('that are expired, damaged or packed too tightly are named, and the rest is read', async () => {
    const scene = await openRunScene({})
    const whole = makeZip([{ name: 'a', content: scene.value }])
    scene.leave({
      artifacts: [
        { name: 'old', zip: whole, expired: true },
        { name: 'torn', zip: Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.from(scene.value)]) },
        { name: 'bomb', zip: makeZip([{ name: 'zeros', content: Buffer.alloc(20 * MIB) }]) },
        { name: 'good', zip: whole },
      ],
    })
    const step = await scene.scan()
    expect(places(step)).toEqual(['artifact good!a:1 own-secret', 'artifact torn:1 own-secret'])
    expect(step.stdout).toContain('artifact old: not looked at whole: is gone')
    expect(step.stdout).toMatch(/artifact bomb!zeros: not looked at whole/)
    expect(step.annotations.map(({ message }) => message).join()).toMatch(/\d of the logs and artifacts not looked at/)
  })
})

describe('guessing', () => {
  it.each<[string, { cause: string; fork?: boolean }, Record<string, string>, string]>([
    ['a fork', { cause: 'pull_request', fork: true }, {}, 'strangers may have chosen what run'],
    ['an issue', { cause: 'issues' }, {}, 'strangers may have chosen what run'],
    ['pull_request_target', { cause: 'pull_request_target' }, {}, 'strangers may have chosen what run'],
    ['nobody knows whom', { cause: 'push' }, { 'run-id': '99' }, 'nobody here knows what caused run 99'],
  ])('is answered to no run of %s: only the fingerprints count', async (_, about, inputs, why) => {
    const scene = await openRunScene(about)
    scene.leave({ ...about, logs: { build: logOf(`is it ${scene.value}`, `or ${newToken()}`) } })
    if (inputs['run-id']) scene.repository.runs[0] = { ...scene.repository.runs[0]!, id: 99 }
    const step = await scene.scan(inputs)
    expect(places(step)).toEqual([expect.stringMatching(/^logs: build:2 github/)])
    expect(step.annotations.map(({ message }) => message).join()).toContain(`own-secrets: ${why}`)
  })

  it('is hopeless by the fingerprints, which tell of a strong value in the log of a fork', async () => {
    const about = { cause: 'pull_request', fork: true, fingerprints: true }
    const scene = await openRunScene(about)
    scene.leave({ ...about, logs: { build: logOf(Buffer.from(scene.value).toString('hex')) } })
    expect(places(await scene.scan())).toEqual(['logs: build:1 own-secret'])
  })

  it('is no matter for a pull request of a branch', async () => {
    const scene = await openRunScene({ cause: 'pull_request' })
    scene.leave({ cause: 'pull_request', logs: { build: logOf(scene.value) } })
    expect(places(await scene.scan())).toEqual(['logs: build:1 own-secret'])
  })
})

describe('names that a run chose', () => {
  const HOSTILE = [
    '::error::forged',
    '##[error]forged',
    'a\n::set-output name=x::y',
    '\u001b[31mred\u202e',
    '</td><img src=x>@octocat',
    '[x](javascript:1)|`',
  ]

  it('are never a command, a mention or a structure of a page', async () => {
    const token = newToken()
    const logs = Object.fromEntries(HOSTILE.map((name) => [name, logOf(token)]))
    const artifacts = HOSTILE.map((name) => ({ name, zip: makeZip([{ name: `${name}/x`, content: token }]) }))
    const scene = await openRunScene({ logs, artifacts })
    const step = await scene.scan({ issue: 'true' })
    expect([step.exitCode, step.outputs.findings]).toEqual([1, String(2 * HOSTILE.length)])
    for (const { properties } of step.annotations) expect(properties.title).toMatch(/^sealward: |^undefined$/)
    const plain = step.stdout
      .split('\n')
      .filter((line) => !/^::(?:error|warning|notice)(?: title=sealward|::\d+ of)/.test(line))
    expect(plain.filter((line) => /^\s*::|##\[|[\u001b\u202e]/.test(line))).toEqual([])
    for (const page of [step.summary, scene.repository.issues[0]!.body!])
      expect(page).not.toMatch(/<img|@octocat|\]\(javascript|::error|\u202e/)
  })
})

describe('inputs', () => {
  it.each([
    ['targets', 'code, tree'],
    ['run-id', '1e3'],
    ['issue', 'yes'],
  ])('%s: %s is refused', async (name, value) => {
    const scene = await openRunScene({})
    const step = await scene.scan({ [name]: value })
    expect([step.exitCode, step.annotations[0]?.message]).toEqual([
      2,
      expect.stringContaining(`the input ${name} takes`),
    ])
  })

  it('of a run are warned about where only code is looked at', async () => {
    const scene = await openRunScene({})
    const step = await scene.scan({ targets: '', 'run-id': '7', issue: 'true' })
    expect(step.annotations.map(({ message }) => message)).toEqual([
      'run-id does nothing without targets: logs or artifacts',
      'issue does nothing without targets: logs or artifacts',
    ])
    expect(scene.github.received).toEqual([])
  })

  it('with code among the targets look at both, and the SARIF file has what is in files', async () => {
    const scene = await openRunScene({ logs: { build: logOf(newToken()) } })
    const step = await scene.scan({ targets: 'code logs', 'sarif-file': 'out.sarif' })
    expect([step.exitCode, places(step)?.length]).toEqual([1, 1])
    expect(step.sarif).not.toContain('logs')
    expect(step.stdout).toContain('files and texts of logs')
  })

  it('without a run-id mean this very run, for other events', async () => {
    const scene = await openRunScene({ logs: { build: logOf(newToken()) } })
    const current = 1_658_821_493
    scene.repository.runs[0] = { ...scene.repository.runs[0]!, id: current, conclusion: null }
    const step = await scene.scan({ 'run-id': String(current) }, 'schedule')
    expect(step.stdout).toContain('logs: build: not looked at whole: is not finished')
  })
})
