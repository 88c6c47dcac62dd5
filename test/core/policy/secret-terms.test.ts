import { describe, expect, it } from 'vitest'
import { environmentOf } from '../../../src/core/policy/environments.ts'
import { parsePolicy } from '../../../src/core/policy/policy.ts'
import { isExempt, type SecretTerms, termsFor } from '../../../src/core/policy/secret-terms.ts'

function terms(text: string, name: string, file = '.env.production.encrypted'): SecretTerms {
  const policy = parsePolicy(text, '/home/somebody/sealward.yml')
  return termsFor(policy, { name, file, environment: environmentOf(policy, file) })
}

const WHOLE = `environments:
  eu: { paths: [eu/**], kind: staging, rotate-every: { database: 2w, setting: 1y } }
public: [PUBLIC_*]
secrets:
  - { name: DB_*, environment: eu, owner: eve, warn: 2d }
  - { name: [DB_PASSWORD, OTHER], rotate-every: never, backup-owner: [bob, '@carol'], expires: 2027-03-01 }
  - { name: DB_PASSWORD, path: eu/**, rotate-every: 1d, grace: 4d, expires: never }
  - { name: '*', owner: all, exempt: { reason: slow, until: 2027-01-31, approved-by: dan } }
`

describe('what counts for a secret', () => {
  it('is decided for each setting by the first entry that is about it and has the setting', () => {
    const { decidedBy, ...values } = terms(WHOLE, 'DB_PASSWORD', 'eu/.env.encrypted')
    expect(values).toEqual({
      ...{ type: 'database', owners: ['eve'], backupOwners: ['bob', 'carol'], rotateEvery: null, warn: 2, grace: 4 },
      ...{ warnExpiry: 2, expires: new Date('2027-03-01T00:00:00Z') },
      exempt: { reason: 'slow', until: new Date('2027-01-31T00:00:00Z'), approvedBy: 'dan' },
    })
    expect(decidedBy).toEqual({
      type: 'guessed from its name',
      owners: 'secrets[0], sealward.yml:5',
      backupOwners: 'secrets[1], sealward.yml:6',
      rotateEvery: 'secrets[1], sealward.yml:6',
      warn: 'secrets[0], sealward.yml:5',
      grace: 'secrets[2], sealward.yml:7',
      expires: 'secrets[1], sealward.yml:6',
      exempt: 'secrets[3], sealward.yml:8',
    })
  })

  it('leaves out entries of other environments, files and names', () => {
    const { owners, rotateEvery, decidedBy } = terms(WHOLE, 'DB_URL')
    expect([owners, rotateEvery, decidedBy.rotateEvery]).toEqual([['all'], 30, 'default: database in production'])
    expect(terms(WHOLE, 'db_password', 'eu/.env.encrypted').owners).toEqual(['all'])
  })

  it('takes a kind for every environment of that kind', () => {
    const text = `environments: { eu: { paths: [eu/**], kind: staging } }
secrets: [{ name: A, environment: staging, owner: eve }, { name: A, environment: eu, owner: bob, grace: 9d }]`
    const files = ['eu/.env.encrypted', '.env.stage.encrypted', '.env.prod.encrypted', '.env.encrypted']
    expect(files.map((file) => terms(text, 'A', file)).map(({ owners, grace }) => [...owners, grace])).toEqual([
      ['eve', 9],
      ['eve', 7],
      [7],
      [7],
    ])
  })

  it('comes from the environment where no entry says it, and names its line', () => {
    const { rotateEvery, decidedBy } = terms(WHOLE, 'DB_URL', 'eu/.env.encrypted')
    expect([rotateEvery, decidedBy.rotateEvery]).toEqual([14, 'environments.eu.rotate-every, sealward.yml:2'])
    const { type, rotateEvery: every, decidedBy: by } = terms(WHOLE, 'PUBLIC_API_KEY', 'eu/.env.encrypted')
    expect([type, every, by.type]).toEqual(['setting', 365, 'public: it is no secret'])
  })

  it.each([
    ['.env.production.encrypted', 30, 7, 7, 'default: database in production'],
    ['.env.staging.encrypted', 60, 14, 7, 'default: database in staging'],
    ['.env.development.encrypted', 90, 14, 7, 'default: database in development'],
    ['.env.testing.encrypted', 7, 1, 1, 'default: database in testing'],
    ['.env.encrypted', 30, 7, 7, 'default: database, as in production: its environment is not known'],
  ])('is by default for a database in %s %i days, %i of warning, %i of grace', (file, every, warn, grace, why) => {
    const { rotateEvery, warn: warned, grace: graced, decidedBy } = terms('', 'DATABASE_URL', file)
    expect([rotateEvery, warned, graced, decidedBy.rotateEvery]).toEqual([every, warn, grace, why])
  })

  it.each([
    ['api-key', 30],
    ['webhook-secret', 90],
    ['signing-key', 90],
    ['service-password', 90],
    ['human-password', null],
    ['master-key', 90],
    ['certificate', null],
    ['secret', 90],
    ['setting', null],
  ])('is by default for the type %s a period of %s', (type, every) => {
    const { rotateEvery, decidedBy } = terms(`secrets: [{ name: A, type: ${type} }]`, 'A')
    expect([rotateEvery, decidedBy.rotateEvery]).toEqual([every, `default: ${type}`])
  })

  it('warns of an end that a value has 30 days before it, whatever its period, unless an entry says otherwise', () => {
    expect(terms('', 'API_KEY').warnExpiry).toBe(30)
    expect(terms('secrets: [{ name: A, warn: 3d }]', 'A').warnExpiry).toBe(3)
  })

  it('is never due all the time: the warning is shorter than the period', () => {
    for (const every of ['2d', '7d', '30d', '1y']) {
      const { rotateEvery, warn } = terms(`secrets: [{ name: A, rotate-every: ${every} }]`, 'A')
      expect(warn).toBeLessThan(rotateEvery!)
    }
  })

  it('never has the name of the secret in what decided', () => {
    const { decidedBy } = terms(WHOLE, 'DB_PASSWORD', 'eu/.env.encrypted')
    expect(JSON.stringify(decidedBy)).not.toMatch(/DB_|PASSWORD|somebody/)
  })
})

describe('an exemption', () => {
  const { exempt } = terms(WHOLE, 'A')

  it.each([
    ['2027-01-30T12:00:00Z', true],
    ['2027-01-31T23:59:59Z', true],
    ['2027-02-01T00:00:00Z', false],
  ])('at %s: %s, through its last day (UTC)', (now, expected) => {
    expect(isExempt(exempt, new Date(now))).toBe(expected)
  })

  it('that is not there exempts nothing', () => {
    expect(isExempt(null, new Date(0))).toBe(false)
  })
})
