import { describe, expect, it } from 'vitest'
import { judgeSecret, type SecretFacts } from '../../../../src/core/check/secrets/secret.ts'
import { parsePolicy } from '../../../../src/core/policy/policy.ts'
import { termsFor } from '../../../../src/core/policy/secret-terms.ts'

const NOW = new Date('2026-11-21T00:00:00Z')
const AGE = {
  ...{ since: new Date('2026-11-01T00:00:00Z'), isExact: true, earliest: null, before: null, commit: 'c' },
  evidence: 'value' as const,
}

function factsOf(policy: string, facts: Partial<SecretFacts> = {}): SecretFacts {
  const terms = termsFor(parsePolicy(policy, 'sealward.yml'), { name: 'API_KEY', file: '.env', environment: null })
  const subject = { kind: 'secret' as const, name: 'API_KEY', environment: null, place: null, owners: [] }
  return { subject, terms, age: AGE, value: 'x', ...facts }
}

const rulesOf = (facts: SecretFacts) => judgeSecret(facts, NOW).map(({ rule, level }) => `${rule} ${level}`)

describe('a secret', () => {
  it('is asked for its age, the end that sealward.yml states, and the ends that the value states', () => {
    const payload = Buffer.from('{"exp":1790000000}').toString('base64url')
    const head = Buffer.from('{"alg":"HS256"}').toString('base64url')
    const facts = factsOf('secrets: [{ name: API_KEY, expires: 2026-11-22 }]', { value: `${head}.${payload}.AAAA` })
    expect(rulesOf(facts)).toEqual(['rotate-every ok', 'stated-end critical', 'expires overdue'])
  })

  it('is asked nothing where nothing asks, nothing of its value where it is closed, and nothing at all where it is empty', () => {
    expect(rulesOf(factsOf('secrets: [{ name: API_KEY, rotate-every: never }]'))).toEqual([])
    expect(rulesOf(factsOf('', { age: null }))).toEqual([])
    expect(rulesOf(factsOf('', { value: null }))).toEqual(['rotate-every ok'])
    expect(rulesOf(factsOf('', { value: '' }))).toEqual([])
  })

  it('says of a stated end who stated it, before the day and after it', () => {
    const says = (day: string) =>
      judgeSecret(factsOf(`secrets: [{ name: API_KEY, expires: ${day} }]`, { age: null }), NOW)
    expect(says('2026-12-30')[0]).toMatchObject({ message: 'stops working on 2026-12-30, as sealward.yml says' })
    const [over] = says('2026-11-20')
    expect(over).toMatchObject({ level: 'overdue', message: 'stopped working on 2026-11-20, as sealward.yml says' })
    expect(over!.reasons[0]).toBe('expires: secrets[0], sealward.yml:1')
  })
})
