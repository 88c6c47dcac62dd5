import { describe, expect, it } from 'vitest'
import { isAllowed, recipientsFor, ruleFor } from '../../../src/core/policy/match.ts'
import { parsePolicy } from '../../../src/core/policy/policy.ts'
import { madeUpRecipient } from './recipients.ts'

const ALICE = madeUpRecipient()
const CI = madeUpRecipient()

const policy = parsePolicy(
  `
recipients:
  alice: ${ALICE}
  both: [${ALICE}, ${CI}]
files:
  - path: apps/*/.env.production.encrypted
    recipients: [${CI}]
  - path: apps/**
    quotes: dotenv
  - path: apps/web/**
hook:
  allow:
    - path: test/**
      rule: private-key
      reason: made up
      expires: 2027-01-31
    - path: test/**
      reason: everything is made up
      expires: 2026-12-31
    - path: docs/**
      reason: examples
`,
  'sealward.yml',
)

describe('the rule of a file', () => {
  it.each([
    ['apps/web/.env.production.encrypted', 6],
    ['apps/web/.env.encrypted', 8],
    ['.env.encrypted', undefined],
    ['other/apps/web/.env.encrypted', undefined],
  ])('%s has the first one that means it (line %s)', (path, line) => {
    expect(ruleFor(policy, path)?.line).toBe(line)
  })

  it('decides its recipients, and without one everybody is', () => {
    expect(recipientsFor(policy, 'apps/web/.env.production.encrypted')).toEqual([CI])
    expect(recipientsFor(policy, 'apps/web/.env.encrypted')).toEqual([ALICE, CI])
    expect(recipientsFor(policy, '.env.encrypted')).toEqual([ALICE, CI])
  })

  it('has no recipients where the policy knows nobody', () => {
    expect(recipientsFor(parsePolicy('', 'f'), '.env.encrypted')).toEqual([])
  })
})

describe('a finding of the hook', () => {
  const on = (day: string) => new Date(`${day}Z`)

  it.each([
    ['test/a.pem', 'private-key', '2026-06-01T00:00', 'made up'],
    ['test/a.pem', 'plaintext-dotenv', '2026-06-01T00:00', 'everything is made up'],
    ['test/a.pem', 'private-key', '2027-01-31T23:59:59.999', 'made up'],
    ['docs/x', 'anything', '2099-01-01T00:00', 'examples'],
  ])('%s by %s at %s is allowed: %s', (path, rule, now, reason) => {
    expect(isAllowed(policy, { path, rule, now: on(now) })).toEqual({ reason })
  })

  it.each([
    ['test/a.pem', 'private-key', '2027-02-01T00:00', 'all that covered it ran out'],
    [
      'test/a.pem',
      'plaintext-dotenv',
      '2027-01-01T00:00',
      'the one for all rules ran out, and the other is for another rule',
    ],
    ['docs', 'anything', '2026-06-01T00:00', 'the path is another'],
    ['src/docs/x', 'anything', '2026-06-01T00:00', 'the path is another'],
  ])('%s by %s at %s is not allowed: %s', (path, rule, now) => {
    expect(isAllowed(policy, { path, rule, now: on(now) })).toBeNull()
  })
})
