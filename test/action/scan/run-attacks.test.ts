import { deflateRawSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { makeZip } from '../../support/make-zip.ts'
import { logOf, openRunScene } from './run-scene.ts'
import { newToken } from './scan-job.ts'

const LOG_ROUTE = 'GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs'
const JOBS_ROUTE = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs'
const ARTIFACT_ROUTE = 'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}'
const ARTIFACTS_ROUTE = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts'

const filesOf = ({ report }: { report: { findings: readonly { file: string }[] } | null }) =>
  report?.findings.map(({ file }) => file)

/** Lines of so many characters. */
const wrap = (text: string, width: number) => text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []

describe('a value is found in a log', () => {
  const base64 = (value: string) => Buffer.from(value).toString('base64')
  it.each<[string, (value: string) => readonly string[]]>([
    ['over several lines', (value) => wrap(value, 7)],
    [
      'over lines that a runner colours',
      (value) => wrap(value, 9).map((part) => `\u001b[36;1m${part}\u001b(B\u001b[m`),
    ],
    ['as base64', (value) => [`auth: ${base64(value)}`]],
    ['as base64 of more, at any offset', (value) => [base64(`{"user":"x","password":"${value}"}`)]],
    ['as base64 over several lines', (value) => wrap(base64(value), 20)],
    ['as hex over several lines', (value) => wrap(Buffer.from(value).toString('hex'), 16)],
    ['as base64 of base64', (value) => [base64(base64(value))]],
    ['backwards', (value) => [[...value].reverse().join('')]],
    ['with spaces between its letters', (value) => [[...value].join(' ')]],
    ['as the text of a link', (value) => [`\u001b]8;;https://x.example/${value}\u0007here\u001b]8;;\u0007`]],
  ])('%s', async (_, print) => {
    const scene = await openRunScene({})
    scene.leave({ logs: { build: logOf('before', ...print(scene.value), 'after') } })
    const step = await scene.scan({ targets: 'logs' })
    expect([step.exitCode, filesOf(step)]).toEqual([1, ['logs: build']])
    expect(step.report!.findings[0]!.line).toBe(2)
  })
})

describe('a name that is a secret itself', () => {
  it('is found, and told nowhere', async () => {
    const scene = await openRunScene({})
    const token = newToken()
    const zip = makeZip([
      { name: `keys/${scene.value}.txt`, content: 'x' },
      { name: 'a/b', content: 'x' },
    ])
    scene.leave({
      logs: { [`deploy (${token})`]: logOf(`token ${newToken()}`), build: logOf('x') },
      artifacts: [
        { name: `dist-${scene.value}`, zip, expired: true },
        { name: 'other', zip },
      ],
    })
    const step = await scene.scan({ issue: 'names' })
    expect(filesOf(step)).toEqual([
      expect.stringMatching(/^artifact number \d+ \(its name\)$/),
      'artifact other!(file 1) (its name)',
      expect.stringMatching(/^logs: job \d+$/),
      expect.stringMatching(/^logs: job \d+ \(its name\)$/),
    ])
    expect(step.stdout).toMatch(/artifact number \d+: not looked at whole: is gone/)
    const told = [step.everything, scene.repository.issues[0]!.body].join('\n')
    expect([told.includes(token), told.includes(scene.value)]).toEqual([false, false])
  })
})

describe('what GitHub refuses', () => {
  it.each<[string, string, number, string]>([
    ['a log', LOG_ROUTE, 403, 'logs: a: not looked at whole: not fetched'],
    ['a log', LOG_ROUTE, 404, 'logs: a: not looked at whole: is gone'],
    ['a log', LOG_ROUTE, 410, 'logs: a: not looked at whole: is gone'],
    ['an artifact', ARTIFACT_ROUTE, 403, 'artifact c: not looked at whole: not fetched'],
    ['an artifact', ARTIFACT_ROUTE, 404, 'artifact c: not looked at whole: is gone'],
    ['an artifact', ARTIFACT_ROUTE, 410, 'artifact c: not looked at whole: is gone'],
    ['the list of jobs', JOBS_ROUTE, 403, 'logs: not looked at whole: not fetched'],
    ['the list of artifacts', ARTIFACTS_ROUTE, 403, 'artifacts: not looked at whole: not fetched'],
  ])('of %s (%s: %i) takes nothing else away', async (_, route, status, said) => {
    const token = newToken()
    const scene = await openRunScene({
      logs: { a: logOf('x'), b: logOf(token) },
      artifacts: [
        { name: 'c', zip: makeZip([{ name: 'x', content: 'x' }]) },
        { name: 'd', zip: makeZip([{ name: 'x', content: token }]) },
      ],
    })
    scene.github.break({ route, times: 1, fault: { kind: 'status', status } })
    const step = await scene.scan()
    const lost = route === JOBS_ROUTE ? 'logs: b' : route === ARTIFACTS_ROUTE ? 'artifact d!x' : ''
    expect(filesOf(step)).toEqual(['artifact d!x', 'logs: b'].filter((file) => file !== lost))
    expect([step.exitCode, step.stdout]).toEqual([status === 403 ? 2 : 1, expect.stringContaining(said)])
  })

  it('once, by a server that breaks, is asked for again', async () => {
    const scene = await openRunScene({ logs: { a: logOf(newToken()) } })
    scene.github.break({ route: LOG_ROUTE, times: 1, fault: { kind: 'status', status: 502 } })
    expect((await scene.scan()).exitCode).toBe(1)
  })

  it('for now, because there were too many requests, is not asked for again and again', async () => {
    const logs = Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`job ${at}`, logOf('x')]))
    const scene = await openRunScene({ logs })
    scene.github.break({ route: LOG_ROUTE, fault: { kind: 'primary-limit', resetsIn: 3000 } })
    const step = await scene.scan({ targets: 'logs' })
    expect([step.exitCode, step.stdout.match(/job \d: not looked at whole: not fetched/g)]).toEqual([
      2,
      Array(5).fill(expect.anything()),
    ])
    expect(scene.github.received.filter(({ route }) => route === LOG_ROUTE)).toHaveLength(1)
  })
})

describe('an artifact that was made to harm', () => {
  const GIB = 1024 ** 3
  const NAMES = [
    '../../../etc/passwd',
    '/etc/shadow',
    'C:\\x',
    'a\n::error::forged',
    '##[error]x',
    '\u001b[2J\u202e',
    '\0',
    '',
  ]

  it('does not, by names or links, and what is in it is found', async () => {
    const token = newToken()
    const files = NAMES.map((name) => ({ name: `${name}/f`, content: `${token}\n` }))
    const zip = makeZip([...files, { name: 'link', content: '/etc/passwd', mode: 0o120777 }])
    const scene = await openRunScene({ artifacts: [{ name: 'x', zip }] })
    const step = await scene.scan()
    expect([step.exitCode, step.outputs.findings]).toEqual([1, String(NAMES.length)])
    expect(step.stdout).not.toMatch(/^\s*::(?:error|warning)::forged|^##\[|[\u001b\u202e\0]/m)
    expect(step.stdout).not.toMatch(/root:/)
    for (const file of filesOf(step)!) expect(file).not.toMatch(/(?:^|[!/\\])\.\.(?:[/\\]|$)/)
  })

  it('does not, by sizes: the rest of the run is read, and each is named', async () => {
    const zeros = (megabytes: number) => Buffer.alloc(megabytes * 1024 * 1024)
    const deep = (depth: number): Buffer =>
      makeZip([{ name: 'in.zip', content: depth === 0 ? newToken() : deep(depth - 1) }])
    const quine = makeZip([{ name: 'r/r.gz', content: gzipSync(deflateRawSync(zeros(1))) }])
    const scene = await openRunScene({
      artifacts: [
        { name: 'says', zip: makeZip([{ name: 'a', content: newToken(), size: 2 * GIB }]) },
        { name: 'is', zip: makeZip([{ name: 'a', content: zeros(40) }]) },
        {
          name: 'overlaps',
          zip: makeZip([
            { name: 'a', content: zeros(1) },
            { name: 'b', content: 'b', offset: 0 },
          ]),
        },
        { name: 'deep', zip: deep(6) },
        { name: 'again', zip: quine },
        { name: 'locked', zip: makeZip([{ name: 'a', content: 'x', encrypted: true }]) },
        { name: 'many', zip: makeZip(Array.from({ length: 21_000 }, (_, at) => ({ name: `${at}`, content: '' }))) },
        { name: 'cut', zip: makeZip([{ name: 'a', content: 'x'.repeat(100) }]).subarray(0, 60) },
        { name: 'empty', zip: Buffer.alloc(0) },
        { name: 'good', zip: makeZip([{ name: 'a', content: newToken() }]) },
      ],
    })
    const step = await scene.scan()
    expect([step.exitCode, filesOf(step)]).toEqual([1, ['artifact good!a', 'artifact says!a']])
    for (const name of ['is', 'overlaps', 'deep', 'locked', 'many', 'cut'])
      expect(step.stdout).toMatch(new RegExp(`artifact ${name}\\S*: not looked at whole`))
  })
})
