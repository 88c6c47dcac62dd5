import { expect, it } from 'vitest'
import type { JobEnvironment } from '../../../src/core/trust/facts.ts'
import { environmentOf } from '../../../src/core/trust/id-token.ts'

/** A token as GitHub makes it, but for its signature: nobody here reads that. */
function tokenOf(claims: unknown): string {
  return ['{}', JSON.stringify(claims), ''].map((part) => Buffer.from(part).toString('base64url')).join('.')
}

const SUB = { sub: 'repo:acme/app:ref:refs/heads/main' }
const UNKNOWN: JobEnvironment = { kind: 'unknown' }

it.each<[string, string, JobEnvironment]>([
  ['a claim', tokenOf({ ...SUB, environment: 'production' }), { kind: 'named', name: 'production' }],
  ['no claim: the job has no environment', tokenOf(SUB), { kind: 'none' }],
  ['an empty claim', tokenOf({ ...SUB, environment: '' }), UNKNOWN],
  ['a claim of null', tokenOf({ ...SUB, environment: null }), UNKNOWN],
  ['a list', tokenOf({ ...SUB, environment: ['production'] }), UNKNOWN],
  ['claims about nobody', tokenOf({ environment: 'production' }), UNKNOWN],
  ['claims that are null', tokenOf(null), UNKNOWN],
  ['claims that are a text', tokenOf('sub'), UNKNOWN],
  ['no claims', 'token', UNKNOWN],
  ['claims that are no JSON', 'a.b.c', UNKNOWN],
  ['nothing', '', UNKNOWN],
  ['more than any token has', tokenOf({ ...SUB, padding: ' '.repeat(64 * 1024) }), UNKNOWN],
])('the environment of a job with %s', (_, token, environment) => {
  expect(environmentOf(token)).toEqual(environment)
})
