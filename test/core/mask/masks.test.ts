import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { masksFor } from '../../../src/core/mask/masks.ts'
import { SecretMasker } from '../../action/runner/model/masker.ts'

const secret = fc
  .array(fc.constantFrom('a', 'Zq3', ' ', '\t', '\n', '\r\n', '\r', '"', '%0A', 'é', '-----BEGIN X-----'), {
    minLength: 1,
  })
  .map((pieces) => pieces.join(''))

/** What a log shows of a text when the runner was told to hide `masks` and nothing else. */
function shown(text: string, masks: readonly string[]): string {
  const masker = new SecretMasker()
  for (const mask of masks) masker.add(mask)
  return masker.mask(text)
}

describe('the masks of secrets', () => {
  it.each([
    [[], []],
    [['', ' ', '\n\t\r\n'], []],
    [['one'], ['one']],
    [
      ['one', 'three', 'one'],
      ['three', 'one'],
    ],
    [['first\nsecond line\n'], ['first\nsecond line\n', 'second line', 'first']],
    [['a\r\nb\rc'], ['a\r\nb\rc', 'a', 'b', 'c']],
    [[' padded '], [' padded ', 'padded']],
    [['{\n  "a": 1\n}'], ['{\n  "a": 1\n}', '"a": 1', '{', '}']],
  ])('of %j are %j', (secrets, masks) => {
    expect(masksFor(secrets)).toEqual(masks)
  })

  it('hide each secret whole, and line by line, from a log', () => {
    fc.assert(
      fc.property(fc.array(secret, { maxLength: 4 }), (secrets) => {
        const masks = masksFor(secrets)
        for (const text of [...secrets, ...secrets.flatMap((one) => one.split(/[\r\n]+/))])
          expect(shown(text, masks).replace(/\*\*\*|\s/g, '')).toBe('')
      }),
    )
  })

  it('are never blank, never twice, and the longest comes first', () => {
    fc.assert(
      fc.property(fc.array(secret, { maxLength: 4 }), (secrets) => {
        const masks = masksFor(secrets)
        expect(masks.filter((mask) => mask.trim() === '')).toEqual([])
        expect(new Set(masks).size).toBe(masks.length)
        const lengths = masks.map((mask) => mask.length)
        expect(lengths).toEqual(lengths.toSorted((one, other) => other - one))
      }),
    )
  })
})
