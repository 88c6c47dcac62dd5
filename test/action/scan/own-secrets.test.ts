import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { newMember, seal } from '../../support/sealing.ts'
import { checkOut, makeOrigin, type PullRequest, pullRequest, scanIn } from './scan-job.ts'

interface Given {
  readonly about?: PullRequest
  readonly github?: Readonly<Record<string, string>>
  readonly inputs?: Readonly<Record<string, string>>
  readonly withKey?: boolean
}

/** A pull request that brings a value of the repository's own encrypted file, in hexadecimal and under a harmless name. */
async function scanned({ about = {}, github = {}, inputs = {}, withKey = true }: Given) {
  const member = await newMember()
  const value = randomBytes(18).toString('base64url')
  const origin = makeOrigin()
  const sealed = await seal([{ kind: 'entry', name: 'DATABASE_PASSWORD', value }], [member])
  origin.commit({ 'README.md': 'x\n', '.env.encrypted': Buffer.from(sealed).toString('utf8') })
  origin.on('feature')
  const hidden = Buffer.from(value).toString('hex')
  origin.commit({ 'notes.txt': `see ${hidden}\n` })
  const { sha, options } = pullRequest(origin, about)
  const key = withKey ? member.identity.secret.reveal() : ''
  const job = { ...options, secrets: { KEY: key || 'none' }, github: { ...options.github, ...github } }
  const step = await scanIn(checkOut(origin, sha), job, { 'own-secrets': 'true', key, ...inputs })
  for (const secret of [value, hidden, key || 'AGE-SECRET-KEY-1']) expect(step.everything).not.toContain(secret)
  return step
}

describe("the repository's own values", () => {
  it('are found in another form and under any name, and told by the name of the variable alone', async () => {
    const step = await scanned({})
    expect(step.exitCode).toBe(1)
    expect(step.report?.findings).toEqual([expect.objectContaining({ file: 'notes.txt', line: 1 })])
    expect(step.annotations[0]).toMatchObject({ type: 'error', properties: { file: 'notes.txt', line: '1' } })
    expect(step.annotations[0]!.message).toContain('DATABASE_PASSWORD')
  })

  it('are not looked for unasked', async () => {
    const step = await scanned({ inputs: { 'own-secrets': 'false' } })
    expect([step.exitCode, step.annotations.map(({ message }) => message)]).toEqual([
      0,
      ['key does nothing without own-secrets: true'],
    ])
  })

  it('need a key in a run that can have one', async () => {
    const step = await scanned({ withKey: false })
    expect([step.exitCode, step.annotations[0]!.message]).toEqual([2, expect.stringContaining('[no-identity]')])
  })

  it.each<[string, Given, string]>([
    [
      'another repository, which could learn by guessing',
      { about: { event: 'pull_request_target', fork: true } },
      'this run is for a change of another repository',
    ],
    [
      "Dependabot's, which has no key",
      { github: { actor: 'dependabot[bot]' }, withKey: false },
      'a run that Dependabot causes gets its secrets from those of Dependabot alone',
    ],
  ])('are not looked for in a run of %s, and that is said', async (_, given, why) => {
    const step = await scanned(given)
    expect([step.exitCode, step.annotations.map(({ type, message }) => `${type} ${message}`)]).toEqual([
      0,
      [`warning own-secrets: ${why}; only what the committed fingerprints tell is looked for`],
    ])
  })
})
