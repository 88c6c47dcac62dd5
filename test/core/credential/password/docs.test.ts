import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type AlphabetName, DEFAULT_PASSWORD } from '../../../../src/core/credential/password/policy.ts'
import { strengthOf, weaknessOf } from '../../../../src/core/credential/password/strength.ts'

const page = readFileSync('docs/credentials.md', 'utf8')
const rows = [...page.matchAll(/^\| `([a-z-]+)` \| .* \| ([0-9]+) \| ([0-9]+) \|$/gm)].map(([, name, bits, least]) => ({
  alphabet: name as AlphabetName,
  bits: Number(bits),
  least: Number(least),
}))

describe('the table of alphabets in docs/credentials.md', () => {
  it('has all of them', () => {
    expect(rows.map(({ alphabet }) => alphabet)).toEqual(['url-safe', 'alphanumeric', 'hex', 'ascii'])
  })

  it.each(rows)('tells the truth about $alphabet', ({ alphabet, bits, least }) => {
    expect(strengthOf({ ...DEFAULT_PASSWORD, alphabet })).toBe(bits)
    expect(weaknessOf({ ...DEFAULT_PASSWORD, alphabet, length: least })).toBeNull()
    expect(weaknessOf({ ...DEFAULT_PASSWORD, alphabet, length: least - 1 })).not.toBeNull()
  })
})
