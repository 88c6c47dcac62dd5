import { describe, expect, it } from 'vitest'
import { environmentOf, kindOf, settleEnvironment } from '../../../src/core/policy/environments.ts'
import { parsePolicy } from '../../../src/core/policy/policy.ts'

const nothing = parsePolicy('', 'sealward.yml')
const policy = parsePolicy(
  `environments:
  production-eu: {}
  blue: { paths: ["deploy/blue/**"], kind: staging }
  odd: { paths: ["**/.env.prod.encrypted"] }
`,
  '/home/somebody/sealward.yml',
)

describe('the environment of a file', () => {
  it.each([
    ['.env.production.encrypted', 'production'],
    ['.env.prod.encrypted', 'production'],
    ['.env.PROD.encrypted', 'production'],
    ['production.env.encrypted', 'production'],
    ['.env.staging.encrypted', 'staging'],
    ['.env.stage-2.encrypted', 'staging'],
    ['.env.dev.encrypted', 'development'],
    ['.env.local.encrypted', 'development'],
    ['.env.test.encrypted', 'testing'],
    ['.env.ci.encrypted', 'testing'],
    ['environments/staging/.env.encrypted', 'staging'],
    ['environments/staging/api/.env.encrypted', 'staging'],
    ['dev/live/.env.encrypted', 'production'],
    ['staging/.env.test.encrypted', 'testing'],
    ['.env.encrypted', null],
    ['products/.env.encrypted', null],
    ['.env.reproduction.encrypted', null],
    ['', null],
  ])('of %s is %s', (file, expected) => {
    expect(environmentOf(nothing, file)).toBe(expected)
  })

  it.each([
    ['deploy/blue/.env.production.encrypted', 'blue', 'staging', 'environments.blue.paths, sealward.yml:3'],
    ['.env.prod.encrypted', 'odd', null, 'environments.odd.paths, sealward.yml:4'],
    ['.env.production-eu.encrypted', 'production-eu', 'production', "the file's name"],
    ['production-eu/.env.encrypted', 'production-eu', 'production', "the folder's name"],
    ['.env.blue.encrypted', 'blue', 'staging', "the file's name"],
    ['.env.dev.encrypted', 'development', 'development', "the file's name"],
  ])('of %s is %s (%s) where sealward.yml knows it, decided by %s', (file, name, kind, decidedBy) => {
    expect(settleEnvironment(policy, file)).toEqual({ name, kind, decidedBy })
  })

  it('has a kind by its words, and none where they say nothing', () => {
    expect(['production-eu', 'eu.prod', 'blue', 'odd', 'elsewhere'].map((name) => kindOf(policy, name))).toEqual([
      'production',
      'production',
      'staging',
      null,
      null,
    ])
  })
})
