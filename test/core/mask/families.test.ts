import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIKELY, RARE } from '../../../src/core/mask/families.ts'
import { letterCase, letterCaseRare } from '../../../src/core/mask/forms/changes/case.ts'
import { letters, numbers } from '../../../src/core/mask/forms/encodings/numbers.ts'
import type { Family } from '../../../src/core/mask/forms/family.ts'
import { isWord, Text } from '../../../src/core/mask/forms/text.ts'

const families = [...LIKELY, ...RARE]
const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
const word = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength: 80 })
const formsOf = (family: Family, text: string) => [...family.forms(new Text(text, { masker: 'filter' }))]

describe('a family that spares words', () => {
  it.each(families.filter(({ sparesWords }) => sparesWords))('makes of a word nothing else: $name', (family) => {
    fc.assert(fc.property(word, (drawn) => formsOf(family, drawn).every((form) => form === drawn)))
  })

  it.each(families.filter(({ sparesWords }) => !sparesWords))('is not one that has forms of words: $name', (family) => {
    const long = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 500, maxLength: 600 })
    fc.assert(
      fc.property(long, (drawn) => formsOf(family, drawn).some((form) => form !== drawn)),
      { numRuns: 10 },
    )
  })
})

it('a word is made of letters and digits of ASCII, hyphens and underscores', () => {
  for (let code = 0; code < 0x300; code += 1) {
    const character = String.fromCharCode(code)
    expect(isWord(`a${character}`)).toBe(alphabet.includes(character))
  }
})

describe('the forms that are made from tables', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })

  it('spell every byte as Node does', () => {
    fc.assert(
      fc.property(text, (drawn) => {
        const bytes = [...Buffer.from(drawn)]
        expect(formsOf(numbers, drawn)).toEqual([
          bytes.join(', '),
          bytes.join(','),
          bytes.join(' '),
          bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
          bytes.map((byte) => byte.toString(2).padStart(8, '0')).join(''),
          bytes.map((byte) => byte.toString(2).padStart(8, '0')).join(' '),
        ])
      }),
    )
  })

  it('swap the case of every letter of ASCII, and leave the others', () => {
    fc.assert(
      fc.property(fc.oneof(text, word), (drawn) => {
        const swapped = drawn.replace(/[A-Za-z]/g, (letter) =>
          letter < 'a' ? letter.toLowerCase() : letter.toUpperCase(),
        )
        expect(formsOf(letterCaseRare, drawn)[0]).toBe(swapped)
      }),
    )
  })

  it('know that letters beyond ASCII change with their place', () => {
    expect(formsOf(letterCaseRare, 'aXΣ')).toContain('axσ')
    expect(formsOf(letterCaseRare, 'ßaX')).toContain('Ssax')
  })

  it('list what cannot be printed as Python does', () => {
    expect(formsOf(letters, 'a\u0001\u200bé')).toContain(`a', '\\x01', '\\u200b', 'é`)
  })

  it('lose no form of ASCII to those of other letters', () => {
    fc.assert(
      fc.property(word, (drawn) => {
        const forms = [...formsOf(letterCase, drawn), ...formsOf(letterCaseRare, drawn)]
        const ascii = [...drawn].reverse().join('')
        for (const form of [drawn.toUpperCase(), drawn.toLowerCase(), ascii]) expect(forms).toContain(form)
      }),
    )
  })
})
