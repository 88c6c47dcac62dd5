import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { openRepositoryAt, temporaryFolder } from '../../support/git-repository.ts'
import { checkOut, makeOrigin, newToken, type Origin, pullRequest, push, type ScanStep, scanIn } from './scan-job.ts'

const ZEROS = '0'.repeat(40)

/** A repository whose branch `main` has one harmless file. */
function newOrigin(files: Readonly<Record<string, string>> = {}): Origin {
  const origin = makeOrigin()
  origin.commit({ 'README.md': 'hello\n', ...files })
  return origin
}

function found({ report }: ScanStep): string[] {
  return (report?.findings ?? []).map(
    ({ rule, file, line }) => `${rule} ${file}${line === undefined ? '' : `:${line}`}`,
  )
}

async function scanPullRequest(origin: Origin, about: Parameters<typeof pullRequest>[1] = {}, inputs = {}) {
  const { sha, options } = pullRequest(origin, about)
  return scanIn(checkOut(origin, sha), options, inputs)
}

describe('a pull request', () => {
  it('passes when it brings nothing, and says how much was looked at', async () => {
    const origin = newOrigin()
    origin.on('feature')
    origin.commit({ 'a.txt': 'a\n' })
    const step = await scanPullRequest(origin)
    expect([step.conclusion, step.outputs.findings, step.annotations]).toEqual(['success', '0', []])
    expect(step.stdout).toMatch(/^sealward: \d+ texts and versions of files and commit messages \(.*: nothing found$/m)
    expect(step.summary).toContain('nothing found')
  })

  it('fails for a token that it brings, on the line of the diff, and shows the token nowhere', async () => {
    const origin = newOrigin()
    const token = newToken()
    origin.on('feature')
    origin.commit({ 'src/app.py': `import os\nTOKEN = "${token}"\n` })
    const step = await scanPullRequest(origin, {}, { 'sarif-file': 'sealward.sarif' })
    expect([step.conclusion, step.exitCode, step.outputs.findings]).toEqual(['failure', 1, '1'])
    expect(found(step)).toEqual(['github-pat src/app.py:2'])
    expect(step.annotations.filter(({ type }) => type === 'error')).toEqual([
      expect.objectContaining({
        properties: expect.objectContaining({ file: 'src/app.py', line: '2' }),
      }),
    ])
    expect(step.summary).toMatch(
      /\(https:\/\/github\.com\/octo-org\/example\/blob\/[0-9a-f]{40}\/src\/app\.py\?plain=1#L2\)/,
    )
    for (const part of [token, token.slice(4, 20), token.slice(-12)]) expect(step.everything).not.toContain(part)
  })

  it('leaves a report and a SARIF file that are as their schemas have them', async () => {
    const origin = newOrigin()
    origin.on('feature')
    origin.commit({ 'a.py': `TOKEN = "${newToken()}"\n` })
    const { sarif, report } = await scanPullRequest(origin, { body: newToken() }, { 'sarif-file': 'out.sarif' })
    const judge = new Ajv().compile(JSON.parse(readFileSync('docs/scan.schema.json', 'utf8')))
    judge(report)
    expect(judge.errors).toBeNull()
    const {
      $schema: _,
      id: __,
      ...schema
    } = JSON.parse(
      readFileSync('node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', 'utf8'),
    ) as Record<string, unknown>
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
    formats.default(ajv)
    const validate = ajv.compile(schema)
    validate(JSON.parse(sarif))
    expect(validate.errors).toBeNull()
    expect(JSON.parse(sarif).runs[0].results).toHaveLength(2)
  })

  it('is told of a token that it added and took away again, which the files no longer show', async () => {
    const origin = newOrigin()
    origin.on('feature')
    origin.commit({ 'a.py': `TOKEN = "${newToken()}"\n` })
    origin.commit({ 'a.py': 'TOKEN = ""\n' })
    const step = await scanPullRequest(origin)
    expect([step.exitCode, found(step)]).toEqual([1, ['github-pat a.py:1']])
    expect(step.annotations[0]!.properties).not.toHaveProperty('file')
    expect(step.annotations[0]!.message).toMatch(/in a\.py:1 of [0-9a-f]{40}/)
  })

  it.each([
    ['moves', { 'old.py': null, 'new/name.py': (token: string) => `# moved\nTOKEN = "${token}"\n` }],
    ['copies', { 'copy.py': (token: string) => `copied = "${token}"\n` }],
    ['shifts', { 'old.py': (token: string) => `\n\n# other lines\nTOKEN = "${token}"\n` }],
    ['deletes', { 'old.py': null }],
  ])('passes when it %s a token that the base has', async (_, change) => {
    const token = newToken()
    const origin = newOrigin({ 'old.py': `TOKEN = "${token}"\n` })
    origin.on('feature')
    const files = Object.entries(change).map(([path, text]) => [path, text === null ? null : text(token)])
    origin.commit(Object.fromEntries(files))
    const step = await scanPullRequest(origin)
    expect([found(step), step.conclusion]).toEqual([[], 'success'])
  })

  it('is not blamed for what the base got meanwhile', async () => {
    const origin = newOrigin()
    origin.on('feature')
    origin.commit({ 'a.txt': 'a\n' })
    origin.on('main')
    origin.commit({ 'b.py': `TOKEN = "${newToken()}"\n` })
    origin.on('feature')
    origin.git('merge', '--quiet', '--message', 'main', 'main')
    expect((await scanPullRequest(origin)).conclusion).toBe('success')
  })

  it('is looked at in its title, its description and the messages of its commits', async () => {
    const origin = newOrigin()
    origin.on('feature')
    origin.commit({ 'a.txt': 'a\n' }, `fix\n\nwith ${newToken()}`)
    const step = await scanPullRequest(origin, { title: `use ${newToken()}`, body: `hello\n\n${newToken()}` })
    expect(found(step)).toEqual([
      'github-pat (commit message):3',
      'github-pat (pull request description):3',
      'github-pat (pull request title):1',
    ])
    expect(step.annotations.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('in (pull request title):1 of pull request 12'),
    )
  })

  it.each([1, 2])('is refused in a clone of depth %i, with what to set', async (depth) => {
    const origin = newOrigin()
    origin.on('feature')
    origin.commit({ 'a.txt': 'a\n' })
    origin.commit({ 'b.txt': 'b\n' })
    const { sha, options } = pullRequest(origin)
    const step = await scanIn(checkOut(origin, sha, depth), options)
    expect([step.exitCode, step.outputs]).toEqual([2, {}])
    expect(step.annotations[0]!.message).toMatch(/clone.*\[git\]\ngive actions\/checkout fetch-depth: 0/s)
  })

  it('is looked at as the files are, in a clone of depth 1, when the workflow asks for that', async () => {
    const origin = newOrigin()
    origin.on('feature')
    origin.commit({ 'a.py': `TOKEN = "${newToken()}"\n` })
    const { sha, options } = pullRequest(origin)
    const step = await scanIn(checkOut(origin, sha, 1), options, { scan: 'tree' })
    expect([step.exitCode, found(step)]).toEqual([1, ['github-pat a.py:1']])
  })

  it('of pull_request_target is refused where its commits are not fetched', async () => {
    const origin = newOrigin()
    origin.on('feature')
    origin.commit({ 'a.txt': 'a\n' })
    const { options } = pullRequest(origin, { event: 'pull_request_target', fork: true })
    const checkout = openRepositoryAt(temporaryFolder('checkout'))
    checkout.git('init', '--quiet')
    checkout.git('fetch', '--quiet', pathToFileURL(origin.path).href, 'main')
    checkout.git('checkout', '--quiet', '--detach', 'FETCH_HEAD')
    const step = await scanIn(checkout, options)
    expect(step.exitCode).toBe(2)
    expect(step.annotations[0]!.message).toContain('in a workflow of pull_request')
  })

  it('whose payload says nothing is refused', async () => {
    const origin = newOrigin()
    const step = await scanIn(checkOut(origin, origin.at('main')), { event: { name: 'pull_request', payload: {} } })
    expect([step.exitCode, step.annotations[0]!.message]).toEqual([
      2,
      expect.stringContaining('does not say what it brings'),
    ])
  })
})

describe('a push', () => {
  it('is looked at from the commit before to the one after', async () => {
    const origin = newOrigin({ 'old.py': `A = "${newToken()}"\n` })
    const before = origin.at('main')
    const after = origin.commit({ 'new.py': `B = "${newToken()}"\n` })
    const step = await scanIn(checkOut(origin, after), push(before, after))
    expect([step.exitCode, found(step)]).toEqual([1, ['github-pat new.py:1']])
  })

  it('of a new branch is compared with the default branch', async () => {
    const origin = newOrigin({ 'old.py': `A = "${newToken()}"\n` })
    origin.on('topic')
    origin.commit({ 'one.py': `B = "${newToken()}"\n` })
    const after = origin.commit({ 'two.py': `C = "${newToken()}"\n` })
    const step = await scanIn(checkOut(origin, after), push(ZEROS, after, { ref: 'refs/heads/topic' }))
    expect(found(step)).toEqual(['github-pat one.py:1', 'github-pat two.py:1'])
  })

  it('of the first branch is looked at whole', async () => {
    const origin = newOrigin({ 'old.py': `A = "${newToken()}"\n` })
    const after = origin.at('main')
    expect(found(await scanIn(checkOut(origin, after), push(ZEROS, after)))).toEqual(['github-pat old.py:1'])
  })

  it('that was forced, so that nobody has the commit before, is looked at all the same, and it says so', async () => {
    const origin = newOrigin()
    origin.on('topic')
    const after = origin.commit({ 'one.py': `B = "${newToken()}"\n` })
    const gone = 'a'.repeat(40)
    const step = await scanIn(checkOut(origin, after), push(gone, after, { ref: 'refs/heads/topic' }))
    expect([step.exitCode, found(step)]).toEqual([1, ['github-pat one.py:1']])
    expect(step.annotations.map(({ type, message }) => `${type} ${message}`)).toContainEqual(
      expect.stringMatching(/^warning the commit before this change is not in this clone: [0-9a-f]{40} is what/),
    )
  })

  it('of a tag on a known commit brings nothing, which is said and is no pass in silence', async () => {
    const origin = newOrigin()
    origin.git('tag', 'v1')
    const after = origin.at('main')
    const step = await scanIn(checkOut(origin, after), push(ZEROS, after, { ref: 'refs/tags/v1' }))
    expect([step.exitCode, step.annotations.map(({ type }) => type)]).toEqual([0, ['warning']])
    expect(step.annotations[0]!.message).toMatch(/^there were no versions of files and commit messages to look at/)
  })

  it('that deletes a branch brings nothing', async () => {
    const origin = newOrigin()
    const before = origin.at('main')
    const step = await scanIn(checkOut(origin, before), push(before, ZEROS, { deleted: true }))
    expect([step.exitCode, step.outputs.findings]).toEqual([0, '0'])
  })

  it('in a clone of depth 1 is refused', async () => {
    const origin = newOrigin()
    const before = origin.at('main')
    const after = origin.commit({ 'a.txt': 'a\n' })
    const step = await scanIn(checkOut(origin, after, 1), push(before, after))
    expect([step.exitCode, step.annotations[0]!.message]).toEqual([2, expect.stringContaining('fetch-depth: 0')])
  })
})

describe('other events', () => {
  it('a merge queue is looked at from its base to its head', async () => {
    const origin = newOrigin()
    const base = origin.at('main')
    const head = origin.commit({ 'a.py': `A = "${newToken()}"\n` })
    const payload = { merge_group: { base_sha: base, head_sha: head, base_ref: 'refs/heads/main' } }
    const step = await scanIn(checkOut(origin, head), { event: { name: 'merge_group', payload } })
    expect(found(step)).toEqual(['github-pat a.py:1'])
  })

  it('a schedule is for the files as they are', async () => {
    const origin = newOrigin({ 'old.py': `A = "${newToken()}"\n` })
    const step = await scanIn(checkOut(origin, origin.at('main'), 1), { event: { name: 'schedule' } })
    expect([found(step), step.annotations[0]!.properties.file]).toEqual([['github-pat old.py:1'], 'old.py'])
  })

  it('history is looked at on request, and refused in a shallow clone', async () => {
    const origin = newOrigin({ 'old.py': `A = "${newToken()}"\n` })
    const last = origin.commit({ 'old.py': null })
    const event = { event: { name: 'workflow_dispatch' } }
    expect(found(await scanIn(checkOut(origin, last), event, { scan: 'history' }))).toEqual(['github-pat old.py:1'])
    const shallow = await scanIn(checkOut(origin, last, 1), event, { scan: 'history' })
    expect([shallow.exitCode, shallow.annotations[0]!.message]).toEqual([2, expect.stringContaining('fetch-depth: 0')])
  })

  it('a range is refused for an event without one', async () => {
    const origin = newOrigin()
    const step = await scanIn(checkOut(origin, origin.at('main')), { event: { name: 'schedule' } }, { scan: 'range' })
    expect([step.exitCode, step.annotations[0]!.message]).toEqual([2, expect.stringContaining('brings no commits')])
  })

  it.each(['auto', 'history'])('a workspace without a checkout is no pass (scan: %s)', async (scan) => {
    const step = await scanIn({ path: temporaryFolder('empty') }, { event: { name: 'schedule' } }, { scan })
    expect([step.exitCode, step.annotations[0]!.message]).toEqual([
      2,
      expect.stringContaining('actions/checkout goes before'),
    ])
  })

  it('a checkout in a folder of its own is found by working-directory, and its files are named from its own top', async () => {
    const origin = newOrigin({ 'old.py': `A = "${newToken()}"\n` })
    const { path } = checkOut(origin, origin.at('main'), 1)
    const options = { event: { name: 'schedule' } }
    const step = await scanIn({ path: `${path}/..` }, options, { 'working-directory': 'checkout' })
    expect(found(step)).toEqual(['github-pat old.py:1'])
    const missing = await scanIn({ path }, options, { 'working-directory': 'nowhere' })
    expect([missing.exitCode, missing.annotations[0]!.message]).toEqual([2, expect.stringContaining('[not-found]')])
  })

  it('a repository of another user is refused with what to run', async () => {
    const origin = newOrigin()
    const { path } = checkOut(origin, origin.at('main'))
    const machineEnv = { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' }
    const step = await scanIn({ path }, { event: { name: 'schedule' }, machineEnv })
    expect([step.exitCode, step.annotations[0]!.message]).toEqual([
      2,
      expect.stringContaining('git config --global --add safe.directory'),
    ])
  })
})
