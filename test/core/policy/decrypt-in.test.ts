import { describe, expect, it } from 'vitest'
import { asksForEnvironment, judgePolicy } from '../../../src/core/policy/decrypt-in.ts'
import { parsePolicy } from '../../../src/core/policy/policy.ts'
import type { JobEnvironment, RunFacts } from '../../../src/core/trust/facts.ts'
import { factsOf, OWN, pullRequest } from '../trust/payloads.ts'

const PUSH = factsOf('push', {}, { GITHUB_REF: 'refs/heads/main' })

function judge(decryptIn: string, facts: RunFacts = PUSH, path = '.env.encrypted') {
  const text = `version: 1\nfiles:\n  - path: .env.encrypted\n    decrypt-in: ${decryptIn}`
  return judgePolicy(parsePolicy(text, 'sealward.yml'), path, facts)
}

function inEnvironment(environment: JobEnvironment): RunFacts {
  return { ...PUSH, environment }
}

describe('decrypt-in', () => {
  it.each([
    ['a ref', '{ refs: [refs/heads/main] }', PUSH],
    ['one of two refs', '{ refs: [refs/heads/x, refs/heads/main] }', PUSH],
    ['a glob of tags', '{ refs: [refs/tags/v*] }', factsOf('push', {}, { GITHUB_REF: 'refs/tags/v1.2' })],
    [
      'a glob of folders',
      '{ refs: [refs/heads/release/**] }',
      factsOf('push', {}, { GITHUB_REF: 'refs/heads/release/a/b' }),
    ],
    ['an event', '{ events: [push] }', PUSH],
    ['a repository by name', '{ repositories: [octo-org/example] }', PUSH],
    ['a repository in other letters', '{ repositories: [Octo-Org/Example] }', PUSH],
    [
      'a repository that GitHub writes in other letters',
      '{ repositories: [octo-org/example] }',
      factsOf('push', {}, { GITHUB_REPOSITORY: 'Octo-Org/Example' }),
    ],
    ['a repository by number', '{ repositories: [1296269] }', PUSH],
    ['an environment', '{ environments: [production] }', inEnvironment({ kind: 'named', name: 'Production' })],
    ['all of them', '{ refs: [refs/heads/*], events: [push], repositories: [1296269] }', PUSH],
  ])('has the run: %s', (_, decryptIn, facts) => {
    expect(judge(decryptIn, facts)).toBeNull()
  })

  it.each([
    ['another ref', '{ refs: [refs/heads/x] }', PUSH, 'its ref is refs/heads/main'],
    [
      'a tag of the same name',
      '{ refs: [refs/heads/v1] }',
      factsOf('push', {}, { GITHUB_REF: 'refs/tags/v1' }),
      'its ref is refs/tags/v1',
    ],
    [
      'a folder below a star',
      '{ refs: [refs/heads/*] }',
      factsOf('push', {}, { GITHUB_REF: 'refs/heads/a/b' }),
      'its ref is refs/heads/a/b',
    ],
    [
      'the ref of a pull request',
      '{ refs: [refs/heads/**] }',
      factsOf('pull_request', pullRequest(OWN), { GITHUB_REF: 'refs/pull/7/merge' }),
      'its ref is refs/pull/7/merge',
    ],
    ['no ref', '{ refs: ["refs/**"] }', factsOf('push', {}, { GITHUB_REF: undefined }), 'its ref is not known'],
    [
      'another event',
      '{ events: [push] }',
      factsOf('pull_request_target', pullRequest(OWN)),
      'its event is pull_request_target',
    ],
    ['no event', '{ events: [push] }', factsOf('push', {}, { GITHUB_EVENT_NAME: undefined }), 'its event is not known'],
    [
      'another repository',
      '{ repositories: [octo-org/other, 5] }',
      PUSH,
      'its repository is octo-org/example (1296269)',
    ],
    [
      'another environment',
      '{ environments: [production] }',
      inEnvironment({ kind: 'named', name: 'staging' }),
      'its environment is staging',
    ],
    ['no environment', '{ environments: [production] }', inEnvironment({ kind: 'none' }), 'its job has no environment'],
    ['an unknown environment', '{ environments: [production] }', PUSH, 'its environment is not known'],
  ])('does not have the run: %s', (_, decryptIn, facts, reason) => {
    expect(judge(decryptIn, facts)).toMatchObject({
      code: 'untrusted',
      message: `this run may not decrypt .env.encrypted: ${reason}`,
      file: 'sealward.yml',
      line: 3,
    })
  })

  it('must have the run in every list, and names each that has not', () => {
    const refused = judge('{ refs: [refs/heads/x], events: [push], repositories: [a/b] }')
    expect(refused?.message).toMatch(/: its ref is refs\/heads\/main; its repository is octo-org\/example \(1296269\)$/)
  })

  it('says how an environment is made known', () => {
    expect(judge('{ environments: [production] }')?.hint).toContain('id-token: write')
    expect(judge('{ environments: [a] }', inEnvironment({ kind: 'none' }))?.hint).not.toContain('id-token')
  })

  it.each([
    [{ id: null, name: null }, 'its repository is not known (id not known)'],
    [{ id: null, name: 'Octo-Org/Example' }, 'its repository is Octo-Org/Example (id not known)'],
    [{ id: '5', name: null }, 'its repository is not known (5)'],
  ])('does not take a repository for one of its own of which it is not known: %j', (repository, reason) => {
    const facts = { ...PUSH, repository: { ...PUSH.repository, ...repository } }
    expect(judge('{ repositories: [a/b, 1296269] }', facts)?.message).toContain(reason)
  })

  it.each([
    ['a', true],
    ['b', false],
    ['c', false],
    ['d', false],
  ])('of the file %s asks which environment the job is in: %s', (path, expected) => {
    const rules = ['{ path: a, decrypt-in: { environments: [eu] } }', '{ path: b, decrypt-in: { events: [push] } }']
    const policy = parsePolicy(`files: [${rules.join(', ')}, { path: c }]`, 'f')
    expect(asksForEnvironment(policy, path)).toBe(expected)
  })

  it('is of the first rule that means the file, and of no other', () => {
    expect(judge('{ events: [schedule] }', PUSH, 'other/.env.encrypted')).toBeNull()
    const text = 'files: [{ path: "**" }, { path: a, decrypt-in: { events: [schedule] } }]'
    expect(judgePolicy(parsePolicy(text, 'f'), 'a', PUSH)).toBeNull()
  })

  it('shows a ref without what could steer a terminal or a log, and not all of a long one', () => {
    const facts = { ...PUSH, ref: `refs/heads/\u202e\u001b[2J${'x'.repeat(300)}` }
    const message = judge('{ refs: [refs/heads/main] }', facts)?.message
    expect(message).toContain('refs/heads/\\u202e\\x1b[2Jxxx')
    expect(message?.length).toBeLessThan(200)
  })
})
