import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBech32, encodeBech32 } from '../../../src/core/age/bech32.ts'

const bytes = fc.uint8Array({ maxLength: 64 })
const prefix = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z-])?$/)

describe('bech32', () => {
  it('reads back what it writes, in lower and in upper case', () => {
    fc.assert(
      fc.property(prefix, bytes, (name, content) => {
        const text = encodeBech32(name, content)
        expect(decodeBech32(text)).toEqual({ prefix: name, bytes: content })
        expect(decodeBech32(text.toUpperCase())).toEqual({ prefix: name.toUpperCase(), bytes: content })
      }),
    )
  })

  it('writes the example of c2sp.org/age', () => {
    const scalar = new Uint8Array(32).fill(0x42)
    expect(encodeBech32('age-secret-key-', scalar).toUpperCase()).toBe(
      'AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX',
    )
  })

  it('notices every single character that was exchanged for another one', () => {
    const text = encodeBech32('age', new Uint8Array(32).fill(7))
    for (let index = 0; index < text.length; index++) {
      const other = text[index] === 'q' ? 'p' : 'q'
      const changed = text.slice(0, index) + other + text.slice(index + 1)
      expect(decodeBech32(changed), changed).toBeTypeOf('string')
    }
  })

  // The valid and invalid strings that BIP 173 publishes, the limit of 90 characters aside.
  it.each([
    'A12UEL5L',
    'a12uel5l',
    'an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs',
    'abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw',
    '11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j',
    'split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w',
    '?1ezyfcl',
  ])('finds the checksum of BIP 173 right: %s', (text) => {
    // Some of them carry groups that are no whole bytes, which is another fault than a wrong checksum.
    expect(decodeBech32(text)).not.toBe('wrong checksum')
  })

  it.each([
    ['no prefix', '1qzzfhee', 'not bech32'],
    ['no separator', 'pzry9x0s0muk', 'not bech32'],
    ['a character outside the alphabet', 'x1b4n0q5v', 'not bech32'],
    ['a checksum that is too short', 'li1dgmt3', 'not bech32'],
    ['a character in the checksum outside ASCII', 'de1lg7wtÿ', 'not bech32'],
    ['a prefix with a space', ' 1nwldj5', 'not bech32'],
    ['mixed case', 'A12uEL5L', 'not bech32'],
    ['a checksum over the upper case', 'A1G7SGD8', 'wrong checksum'],
    ['an empty string', '', 'not bech32'],
    ['a whole group of padding', spell('age', [0, 0, 0]), 'not bech32'],
    ['more than 4096 characters', `a1${'q'.repeat(5000)}`, 'not bech32'],
  ])('refuses %s', (_, text, fault) => {
    expect(decodeBech32(text)).toBe(fault)
  })

  it('refuses a second spelling of the same bytes, whose padding is not zero', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 255 }), (padding, byte) => {
        // One byte takes two groups of five bits, so two bits of the second are padding.
        const text = spell('age', [byte >>> 3, ((byte & 7) << 2) | padding])
        expect(decodeBech32(text)).toEqual(padding === 0 ? { prefix: 'age', bytes: Uint8Array.of(byte) } : 'not bech32')
      }),
    )
  })
})

/** A plain second implementation of the checksum, in BigInt polynomials over the text of BIP 173. */
function spell(name: string, groups: readonly number[]): string {
  const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
  const codes = Array.from(name, (character) => character.charCodeAt(0))
  const values = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31), ...groups, 0, 0, 0, 0, 0, 0]
  let sum = 1n
  for (const value of values) {
    const top = sum >> 25n
    sum = ((sum & 0x1ffffffn) << 5n) ^ BigInt(value)
    const generators = [0x3b6a57b2n, 0x26508e6dn, 0x1ea119fan, 0x3d4233ddn, 0x2a1462b3n]
    for (const [bit, generator] of generators.entries()) if ((top >> BigInt(bit)) & 1n) sum ^= generator
  }
  sum ^= 1n
  const tail = [25n, 20n, 15n, 10n, 5n, 0n].map((shift) => Number((sum >> shift) & 31n))
  return `${name}1${[...groups, ...tail].map((group) => alphabet[group]).join('')}`
}
