import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { generatePassword } from '../../../../src/core/credential/password/generate.ts'
import {
  ALPHABETS,
  CLASSES,
  DEFAULT_PASSWORD,
  type PasswordPolicy,
} from '../../../../src/core/credential/password/policy.ts'
import { strengthOf, weaknessOf } from '../../../../src/core/credential/password/strength.ts'
import { refusal } from '../../dotenv/reading.ts'

const URL_SAFE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const OF_CLASS = { lower: /[a-z]/, upper: /[A-Z]/, digit: /[0-9]/, symbol: /[^A-Za-z0-9]/ }

function make(policy: Partial<PasswordPolicy> = {}): string {
  return generatePassword({ ...DEFAULT_PASSWORD, ...policy }).reveal()
}

describe('generatePassword', () => {
  it('makes 32 URL-safe characters, none of which begins an option', () => {
    for (let made = 0; made < 2000; made += 1) expect(make()).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]{31}$/)
  })

  it('never makes one twice, and never shows it', () => {
    expect(new Set(Array.from({ length: 2000 }, () => make())).size).toBe(2000)
    expect(`${generatePassword(DEFAULT_PASSWORD)}`).toBe('[secret]')
  })

  /**
   * Bytes taken modulo 62 favour eight characters by a quarter, which comes to more than three times the bound. With 63 degrees of freedom at most a right
   * generator exceeds 180 with a chance below 1e-12.
   */
  it.each([
    ['url-safe', URL_SAFE],
    ['alphanumeric', URL_SAFE.slice(0, 62)],
    ['hex', '0123456789abcdef'],
  ] as const)('makes every character of %s equally often', (alphabet, characters) => {
    const counts = new Map([...characters].map((character) => [character, 0]))
    const passwords = 500
    for (let made = 0; made < passwords; made += 1)
      for (const character of make({ alphabet, length: 201 }).slice(1))
        counts.set(character, counts.get(character)! + 1)
    const expected = (passwords * 200) / characters.length
    const chi = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    expect(counts.size).toBe(characters.length)
    expect(chi).toBeLessThan(180)
  })

  it('counts no bits where no password fits', () => {
    const policy = { ...DEFAULT_PASSWORD, alphabet: 'hex', exclude: '0123456789', classes: ['digit'] } as const
    expect(strengthOf(policy)).toBe(0)
    expect(weaknessOf(policy)).toBe('asks for the class digit, of which its alphabet has nothing')
  })

  it('has all classes, keeps to its alphabet and its beginning, whatever the policy is', () => {
    const policies = fc.record({
      length: fc.integer({ min: 24, max: 256 }),
      alphabet: fc.constantFrom(...ALPHABETS, { characters: 'abcdefghijklmnopqrXYZ0189.,-' }),
      classes: fc.subarray([...CLASSES]),
      exclude: fc.constantFrom('', 'O0l1I', '-_', '"\'\\$`'),
      letterFirst: fc.boolean(),
    })
    fc.assert(
      fc.property(policies, (policy) => {
        fc.pre(weaknessOf(policy) === null)
        const password = make(policy)
        expect(password).toHaveLength(policy.length)
        for (const name of policy.classes) expect(password).toMatch(OF_CLASS[name])
        for (const character of policy.exclude) expect(password).not.toContain(character)
        expect(password).toMatch(policy.letterFirst ? /^[A-Za-z]/ : /^[^-]/)
        expect(password).toMatch(/^[!-~]+$/)
      }),
      { numRuns: 300 },
    )
  })

  it('draws classes that are rare, without putting them in by force', () => {
    const characters = `${URL_SAFE.slice(26, 52)}7`
    const where = Array.from({ length: 500 }, () => make({ alphabet: { characters }, classes: ['digit'] }).indexOf('7'))
    expect(new Set(where).size).toBeGreaterThan(15)
  })
})

describe('a policy that is too weak', () => {
  it.each([
    [{ length: 21 }, 'bits (21 of 64 characters), and at least 128 are asked'],
    [{ length: 31, alphabet: 'hex' }, 'makes passwords of 124 bits (31 of 16 characters)'],
    [{ length: 32, alphabet: 'hex', letterFirst: true }, 'makes passwords of 126 bits'],
    [{ length: 0 }, 'a length that is not 1 to 256'],
    [{ length: 257 }, 'a length that is not 1 to 256'],
    [{ length: 1.5 }, 'a length that is not 1 to 256'],
    [{ alphabet: 'hex', classes: ['upper'] }, 'asks for the class upper, of which its alphabet has nothing'],
    [{ exclude: URL_SAFE }, 'leaves no character that a password may begin with'],
    [{ alphabet: { characters: '0123456789' }, letterFirst: true }, 'leaves no character'],
    [{ length: 2, classes: ['lower', 'upper', 'digit'] }, 'asks for classes that hardly ever occur'],
  ] as const)('is refused: %j', (given, words) => {
    const policy: PasswordPolicy = { ...DEFAULT_PASSWORD, ...given }
    expect(weaknessOf(policy)).toContain(words)
    expect(refusal(() => generatePassword(policy))).toMatchObject({ code: 'policy-invalid' })
  })

  it('is one of less than 128 bits, counted to the bit', () => {
    expect(strengthOf({ ...DEFAULT_PASSWORD, alphabet: 'hex' })).toBe(128)
    expect(strengthOf(DEFAULT_PASSWORD)).toBe(191)
    expect(strengthOf({ ...DEFAULT_PASSWORD, length: 22 })).toBe(131)
    expect(weaknessOf({ ...DEFAULT_PASSWORD, alphabet: 'hex' })).toBeNull()
  })

  it('counts what classes take away as a plain count does', () => {
    const policy: PasswordPolicy = {
      ...DEFAULT_PASSWORD,
      length: 4,
      alphabet: { characters: 'abAB01-' },
      classes: ['lower', 'upper', 'digit'],
    }
    const all = [...'abAB01-']
    const four = all.flatMap((a) => all.flatMap((b) => all.flatMap((c) => all.map((d) => a + b + c + d))))
    const fit = four.filter(
      (text) => !text.startsWith('-') && /[ab]/.test(text) && /[AB]/.test(text) && /[01]/.test(text),
    )
    expect(strengthOf(policy)).toBe(Math.floor(Math.log2(fit.length)))
  })
})
