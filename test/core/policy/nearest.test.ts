import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearest } from '../../../src/core/policy/nearest.ts'

const KEYS = ['recipients', 'files', 'hook', 'version', 'mac-only-encrypted']

describe('the nearest word', () => {
  it.each([
    ['recipents', 'recipients', 'a letter is missing'],
    ['recipieints', 'recipients', 'a letter is too many'],
    ['reciqients', 'recipients', 'a letter is wrong'],
    ['recpiients', 'recipients', 'two neighbours are swapped'],
    ['RECIPIENTS', 'recipients', 'the letter case differs'],
    ['mac_only_encrypted', 'mac-only-encrypted', 'the hyphens are underscores'],
    ['flies', 'files', 'a short word has one slip'],
    ['hok', 'hook', 'a very short word has one slip'],
  ])('of %s is %s: %s', (word, meant) => {
    expect(nearest(word, KEYS)).toBe(meant)
  })

  it.each([
    '',
    'x',
    'password',
    'reciper',
    'folders',
    'recipientsrecipientsrecipientsrecipientsrecipientsrecipientsrecipients',
  ])('of %j is nothing', (word) => {
    expect(nearest(word, KEYS)).toBeNull()
  })

  it('is not looked for when the word is longer than any name', () => {
    expect(nearest('a'.repeat(64), ['a'.repeat(63)])).not.toBeNull()
    expect(nearest('a'.repeat(65), ['a'.repeat(64)])).toBeNull()
  })

  it('is the one with the fewest slips, and the first of equals', () => {
    expect(nearest('abcdef', ['abcdxx', 'abcdex', 'abcxef'])).toBe('abcdex')
  })

  it('is the word itself when it is among the candidates', () => {
    const word = fc.stringMatching(/^[a-z-]{2,20}$/)
    fc.assert(fc.property(word, fc.array(word), (own, others) => nearest(own, [...others, own]) === own))
  })

  it('agrees with a plain count of slips', () => {
    const word = fc.stringMatching(/^[abc]{2,9}$/)
    fc.assert(
      fc.property(word, word, (typed, candidate) => {
        const bound = Math.min(3, Math.max(1, Math.floor(typed.length / 3)), typed.length - 1)
        expect(nearest(typed, [candidate]) !== null).toBe(slips(typed, candidate) <= bound)
      }),
      { numRuns: 1000 },
    )
  })
})

/** The definition of the restricted Damerau-Levenshtein distance, from the end. Exponential, and obviously right. */
function slips(one: string, other: string): number {
  if (one === '' || other === '') return one.length + other.length
  if (one.at(-1) === other.at(-1)) return slips(one.slice(0, -1), other.slice(0, -1))
  const choices = [
    slips(one.slice(0, -1), other),
    slips(one, other.slice(0, -1)),
    slips(one.slice(0, -1), other.slice(0, -1)),
  ]
  if (one.length > 1 && one.at(-1) === other.at(-2) && one.at(-2) === other.at(-1))
    choices.push(slips(one.slice(0, -2), other.slice(0, -2)))
  return 1 + Math.min(...choices)
}
