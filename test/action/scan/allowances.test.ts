import { describe, expect, it } from 'vitest'
import { checkOut, makeOrigin, newToken, type Origin, type PullRequest, pullRequest, scanIn } from './scan-job.ts'

const POLICY = 'version: 1\nscan:\n  allow:\n    - path: "**"\n      reason: somebody said so\n'

/** A pull request that brings a token, and whatever else. */
async function scanned(
  { base = {}, head }: { readonly base?: Record<string, string>; readonly head: Record<string, string> },
  about: PullRequest = {},
  inputs: Record<string, string> = {},
) {
  const origin = makeOrigin()
  origin.commit({ 'README.md': 'hello\n', ...base })
  origin.on('feature')
  origin.commit(head)
  return scan(origin, about, inputs)
}

async function scan(origin: Origin, about: PullRequest, inputs: Record<string, string>) {
  const { sha, options } = pullRequest(origin, about)
  return scanIn(checkOut(origin, sha), options, inputs)
}

const line = () => `TOKEN = "${newToken()}"\n`
const allowedLine = () => `TOKEN = "${newToken()}"  # sealward:allow github-pat made up for a test\n`

describe("a pull request of the repository's own branch", () => {
  it('may allow what it brings by a comment, and that is told, with the reason, for the reviewer', async () => {
    const step = await scanned({ head: { 'a.py': allowedLine() } })
    expect(step.conclusion).toBe('success')
    expect(step.annotations.map(({ type, message }) => [type, message])).toEqual([
      ['notice', '1 finding allowed\na.py:1 github-pat, by a comment beside it: made up for a test'],
    ])
    expect(step.summary).toContain('**Allowed**')
    expect(step.report?.allowed).toEqual([expect.objectContaining({ reason: 'made up for a test' })])
  })

  it('may allow what it brings in sealward.yml, and that is told', async () => {
    const step = await scanned({ head: { 'a.py': line(), 'sealward.yml': POLICY } })
    expect([step.conclusion, step.annotations[0]!.message]).toEqual([
      'success',
      '1 finding allowed\na.py:1 github-pat, by sealward.yml: somebody said so',
    ])
  })

  it('is not told of what the base had allowed before', async () => {
    const text = allowedLine()
    const step = await scanned({ base: { 'a.py': text }, head: { 'a.py': `\n${text}`, 'b.txt': 'b\n' } })
    expect([step.conclusion, step.annotations]).toEqual(['success', []])
  })
})

describe("a fork's pull request", () => {
  it.each<[string, PullRequest]>([
    ['pull_request', { fork: true }],
    ['pull_request_target', { fork: true, event: 'pull_request_target' }],
  ])('cannot allow what it brings by a comment (%s)', async (_, about) => {
    const step = await scanned({ head: { 'a.py': allowedLine() } }, about)
    expect([step.exitCode, step.report?.findings.length, step.report?.allowed]).toEqual([1, 1, []])
  })

  it.each<[string, Record<string, string>]>([
    ['allows it', { 'sealward.yml': POLICY }],
    ['allows it under the other name', { 'sealward.yaml': POLICY }],
    ['ignores the file', { 'sealward.yml': 'version: 1\nscan:\n  ignore:\n    - path: "**"\n      reason: no\n' }],
    [
      'switches the rule off',
      { 'sealward.yml': 'version: 1\nscan:\n  disable:\n    - rule: github-pat\n      reason: no\n' },
    ],
    ['is broken', { 'sealward.yml': 'version: 99\n' }],
  ])('is judged without its own sealward.yml, which %s', async (_, files) => {
    const step = await scanned({ head: { 'a.py': line(), ...files } }, { fork: true })
    expect([step.exitCode, step.outputs.findings]).toEqual([1, '1'])
  })

  it('is judged by the sealward.yml of the base, also when it takes that away', async () => {
    const origin = makeOrigin()
    origin.commit({ 'README.md': 'x\n', 'sealward.yml': POLICY })
    origin.on('feature')
    origin.commit({ 'a.py': line(), 'sealward.yml': null })
    const step = await scan(origin, { fork: true }, {})
    expect([step.conclusion, step.annotations[0]!.message]).toEqual([
      'success',
      '1 finding allowed\na.py:1 github-pat, by sealward.yml: somebody said so',
    ])
  })

  it('has no baseline of its own', async () => {
    const baseline = '{ "version": 1, "salt": "broken" }'
    const step = await scanned({ head: { 'a.py': line(), '.sealward/baseline.json': baseline } }, { fork: true })
    expect(step.exitCode).toBe(1)
    const own = await scanned({ head: { 'a.py': line(), '.sealward/baseline.json': baseline } })
    expect([own.exitCode, own.annotations[0]!.message]).toEqual([2, expect.stringContaining('[policy-invalid]')])
  })

  it('of a repository that was deleted is a foreign one too', async () => {
    const origin = makeOrigin()
    origin.commit({ 'README.md': 'x\n' })
    origin.on('feature')
    origin.commit({ 'a.py': allowedLine() })
    const { sha, options } = pullRequest(origin)
    const { pull_request: pull } = options.event.payload
    const payload = { ...options.event.payload, pull_request: { ...pull, head: { ...pull.head, repo: null } } }
    const step = await scanIn(checkOut(origin, sha), { ...options, event: { name: 'pull_request', payload } })
    expect(step.exitCode).toBe(1)
  })

  it('is looked at by no settings at all in a clone without the base, and that is said', async () => {
    const origin = makeOrigin()
    origin.commit({ 'README.md': 'x\n', 'sealward.yml': POLICY })
    origin.on('feature')
    origin.commit({ 'a.py': allowedLine() })
    const { sha, options } = pullRequest(origin, { fork: true })
    const step = await scanIn(checkOut(origin, sha, 1), options, { scan: 'tree' })
    expect([step.exitCode, step.annotations[0]]).toEqual([
      1,
      expect.objectContaining({
        type: 'warning',
        message: expect.stringContaining('no sealward.yml and no baseline counts'),
      }),
    ])
  })

  it('cannot allow what its title or description has', async () => {
    const step = await scanned(
      { head: { 'a.txt': 'a\n' } },
      { fork: true, body: `${newToken()} sealward:allow * it is mine` },
    )
    expect(step.exitCode).toBe(1)
  })
})

describe('fail-on', () => {
  it.each([
    ['', 1],
    ['critical', 1],
    ['critical,high', 0],
    ['high, medium', 1],
    ['never', 0],
    ['loud', 2],
  ])('%j ends with %i for a critical finding of medium confidence', async (text, status) => {
    const step = await scanned({ head: { 'a.py': line() } }, {}, { 'fail-on': text })
    expect(step.exitCode).toBe(status)
    expect(step.outputs.findings).toBe(status === 2 ? undefined : '1')
  })

  it('is what sealward.yml says without the input', async () => {
    const policy = 'version: 1\nscan:\n  fail-on:\n    severity: critical\n    confidence: high\n'
    const step = await scanned({ base: { 'sealward.yml': policy }, head: { 'a.py': line() } })
    expect([step.exitCode, step.stdout]).toEqual([0, expect.stringContaining('1 of 1 weigh less than fail-on')])
  })
})
