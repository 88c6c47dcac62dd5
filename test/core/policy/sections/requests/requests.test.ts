import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../../../../../src/core/policy/policy.ts'

const read = (yaml: string) => parsePolicy(yaml, 'sealward.yml')

describe('the section requests', () => {
  it('lets nobody in where it is not there, and has defaults where it is empty', () => {
    expect(read('').requests).toBe(null)
    expect(read('requests: {}').requests).toEqual({
      keys: { kind: 'environment', name: 'SEALWARD_REQUEST_KEYS' },
      sha1: false,
      allow: { actors: null, apps: null, addresses: null },
      limits: { perSource: { count: 20, perMs: 3_600_000 }, perSecret: { count: 3, perMs: 3_600_000 } },
    })
  })

  it.each([
    ['a key in the place of its name', `requests: { keys: "whsec_${'a'.repeat(44)}" }`],
    ['an empty list, which would let nobody in, or everybody', 'requests: { allow: { actors: [] } }'],
    ['an address that is none', 'requests: { allow: { addresses: [192.0.2.0/33] } }'],
    ['an account that is none', 'requests: { allow: { actors: ["mallory eve"] } }'],
    ['no request at all', 'requests: { limits: { per-secret: 0 } }'],
    ['part of a request', 'requests: { limits: { per-source: 1.5 } }'],
    ['an unknown key', 'requests: { sha-1: true }'],
  ])('refuses %s, and quotes nothing', (_, yaml) => {
    expect(() => read(yaml)).toThrow(expect.objectContaining({ code: 'policy-invalid' }))
    expect(() => read(yaml)).not.toThrow(/aaaa|mallory/)
  })
})

describe('the section lockdown', () => {
  const SINCE = 'since: 2026-11-21T12:00:00Z, reason: stolen'

  it('has its time, reason and scope', () => {
    expect(read('').lockdown).toBe(null)
    expect(
      read(`public: [A]\nlockdown: { ${SINCE}, environments: [production], refs: [refs/heads/main] }`).lockdown,
    ).toEqual({
      ...{ line: 2, since: new Date('2026-11-21T12:00:00Z'), reason: 'stolen' },
      ...{ environments: ['production'], refs: ['refs/heads/main'] },
    })
  })

  it.each([
    'lockdown: true',
    'lockdown: { reason: stolen }',
    'lockdown: { since: 2026-11-21T12:00:00Z }',
    'lockdown: { since: 2026-11-21, reason: stolen }',
    'lockdown: { since: 2026-02-30T12:00:00Z, reason: stolen }',
    'lockdown: { since: 2026-11-21T12:00:00Z, reason: " " }',
    `lockdown: { ${SINCE}, environments: [nowhere] }`,
    `lockdown: { ${SINCE}, refs: [main] }`,
    `lockdown: { ${SINCE}, until: tomorrow }`,
  ])('refuses what would lock something else down than is meant: %s', (yaml) => {
    expect(() => read(yaml)).toThrow(expect.objectContaining({ code: 'policy-invalid' }))
  })
})
