import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base64, base64Twice } from '../../../../src/core/mask/forms/encodings/base64.ts'
import { base32, rareBases } from '../../../../src/core/mask/forms/encodings/bases.ts'
import { base64Lines, base64Tiles } from '../../../../src/core/mask/forms/encodings/columns.ts'
import { utf16 } from '../../../../src/core/mask/forms/encodings/numbers.ts'
import type { Family } from '../../../../src/core/mask/forms/family.ts'
import { Text } from '../../../../src/core/mask/forms/text.ts'

const value = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
const neighbour = fc.string({ unit: 'grapheme', maxLength: 9 })
const formsOf = (family: Family, text: string) => [...family.forms(new Text(text, { masker: 'filter' }))]

/** The longest form that is found in a text, and of that many characters. */
function found(forms: readonly string[], text: string): number {
  return Math.max(0, ...forms.filter((form) => text.includes(form)).map((form) => form.length))
}

it('nothing has no form in a rare base that would match everywhere', () => {
  expect(formsOf(rareBases, '').join('')).toBe('')
})

describe('base64', () => {
  it.each(['base64', 'base64url'] as const)(
    '%s of any text holds a form of the value, but for two characters',
    (encoding) => {
      fc.assert(
        fc.property(value, neighbour, neighbour, (text, before, after) => {
          const encoded = Buffer.from(before + text + after).toString(encoding)
          expect(found(formsOf(base64, text), encoded)).toBeGreaterThanOrEqual(
            Math.floor((Buffer.byteLength(text) * 8 - 10) / 6),
          )
        }),
      )
    },
  )

  it('of base64 of any text holds one too', () => {
    fc.assert(
      fc.property(value, neighbour, neighbour, (text, before, after) => {
        const once = Buffer.from(before + text + after).toString('base64')
        const twice = Buffer.from(`x${once}`).toString('base64')
        const least = Math.floor((Math.floor((Buffer.byteLength(text) * 8 - 10) / 6) * 8 - 10) / 6)
        expect(found(formsOf(base64Twice, text), twice)).toBeGreaterThanOrEqual(least)
      }),
    )
  })

  it('of UTF-16 holds one', () => {
    fc.assert(
      fc.property(value, neighbour, (text, before) => {
        const encoded = Buffer.from(`${before}${text}x`, 'utf16le').toString('base64')
        expect(found(formsOf(utf16, text), encoded)).toBeGreaterThanOrEqual(Math.floor((text.length * 16 - 10) / 6))
      }),
    )
  })

  it.each([64, 76])('in lines of %i columns is hidden line by line when the text begins with the value', (columns) => {
    const text = randomBytes(300).toString('base64url')
    const lines = inLines(Buffer.from(`${text} and more`).toString('base64'), columns)
    const forms = formsOf(base64Lines, text)
    expect(lines.slice(0, -1).filter((line) => !forms.includes(line))).toEqual([])
  })

  it.each([57, 60, 64, 70, 76, 100])(
    'in lines of %i columns is hidden to more than a half wherever the value stands',
    (columns) => {
      for (let offset = 0; offset < 80; offset += 1) {
        const text = randomBytes(40).toString('base64url')
        const before = 'x'.repeat(offset)
        const encoded = Buffer.from(`${before}${text}${before}`).toString('base64')
        const hidden = inLines(encoded, columns).map((line) => hide(line, formsOf(base64Tiles, text)))
        const carrying = (text.length * 4) / 3
        expect(encoded.length - hidden.join('').length).toBeGreaterThan(carrying / 2)
      }
    },
  )
})

describe('other bases', () => {
  const drawn = () => randomBytes(20).toString('base64url')

  it('base32 of any text holds a form of the value, but for two characters', () => {
    for (let length = 0; length < 10; length += 1) {
      const text = drawn()
      const encoded = base32Slowly(Buffer.from(`${'x'.repeat(length)}${text}y`))
      expect(found(formsOf(base32, text), encoded)).toBeGreaterThanOrEqual(Math.floor((text.length * 8 - 8) / 5))
    }
  })

  it('base58 and Ascii85 are what their definitions say', () => {
    // draft-msporny-base58-03 section 5; the sentence that Wikipedia gives for Ascii85 begins so.
    expect(formsOf(rareBases, 'Hello World!')).toContain('2NEpo7TZRRrLZSi2U')
    expect(formsOf(rareBases, 'Man is distinguished')).toContain('9jqo^BlbD-BleB1DJ+*+F(f,q')
  })
})

function inLines(text: string, columns: number): string[] {
  return text.match(new RegExp(`.{1,${columns}}`, 'g')) ?? []
}

function hide(line: string, forms: readonly string[]): string {
  return forms.reduce((rest, form) => rest.replaceAll(form, ''), line)
}

/** RFC 4648 section 6, without padding, bit by bit. */
function base32Slowly(bytes: Buffer): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? [])
    .map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five, 2)])
    .join('')
}
