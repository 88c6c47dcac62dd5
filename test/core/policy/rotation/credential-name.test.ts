import { describe, expect, it } from 'vitest'
import { credentialName } from '../../../../src/core/policy/rotation/credential-name.ts'

describe('what a credential is called that has no name', () => {
  it.each([
    ['production/.env.encrypted', 'DATABASE_URL', 'production-database-url'],
    ['.env.enc', 'DATABASE_URL', 'database-url'],
    ['Ünïcode/Shop 2/.env', 'DB', 'n-code-shop-2-db'],
    ['.env.encrypted', '', 'credential'],
    ['.env.encrypted', '_', 'credential'],
  ])('is, for %s and %s, %s', (path, variable, name) => {
    expect(credentialName(path, variable)).toBe(name)
  })

  it('is the end of what would be too long, and never begins with a hyphen', () => {
    const name = credentialName(`${'a'.repeat(80)}/b`, 'X'.repeat(61))
    expect(name).toBe(`b-${'x'.repeat(61)}`)
    expect(credentialName('a'.repeat(80), 'X')).toBe(`${'a'.repeat(62)}-x`)
  })
})
