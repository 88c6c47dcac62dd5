import { randomBytes } from 'node:crypto'
import { armor } from 'age-encryption'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeArmor } from '../../../../src/core/age/reader/armor.ts'

const BEGIN = '-----BEGIN AGE ENCRYPTED FILE-----'
const END = '-----END AGE ENCRYPTED FILE-----'
const armored = armor.encode(randomBytes(200))

describe('the armor of an age file', () => {
  it('is read as age-encryption writes it, at any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom('', '\n', ' \t\r\n'), (bytes, space) => {
        const text = armor.encode(bytes)
        expect(new Uint8Array(decodeArmor(`${space}${text}${space}`))).toEqual(bytes)
        expect(new Uint8Array(decodeArmor(text.replaceAll('\n', '\r\n').trim()))).toEqual(bytes)
      }),
    )
  })

  it('has one spelling: any other character in its place is refused, or stands for other bytes', () => {
    fc.assert(
      fc.property(fc.nat(armored.length - 2), fc.constantFrom(...'Aa+/=-_ \t\r\n!é'), (index, character) => {
        fc.pre(armored[index] !== character)
        const altered = armored.slice(0, index) + character + armored.slice(index + 1)
        const bytes = decodedOrNull(altered)
        if (bytes !== null) expect(bytes.equals(Buffer.from(decodeArmor(armored)))).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['nothing', ''],
    ['only white space', ' \n'],
    ['one line', BEGIN],
    ['an empty line', `${BEGIN}\n\n${END}\n`],
    ['words in front', `x\n${armored}`],
    ['words behind', `${armored}x`],
    ['a no-break space in front', `\u00a0${armored}`],
    ['two files', armored + armored],
    ['a space at the end of a line', armored.replace('\n', ' \n')],
    ['base64 without its padding', armored.replace(/=+\n/, '\n')],
    ['the alphabet for URLs', `${BEGIN}\n-_-_\n${END}\n`],
  ])('is refused with %s', (_, text) => {
    expect(() => decodeArmor(text)).toThrow(expect.objectContaining({ code: 'malformed' }))
  })

  it('is bounded at 64 KiB, and read in linear time', () => {
    expect(() => decodeArmor(' '.repeat(65_537))).toThrow(expect.objectContaining({ code: 'limit' }))
    const start = performance.now()
    for (const text of [
      ' '.repeat(65_000),
      `${BEGIN}${' \r'.repeat(32_000)}x`,
      `${BEGIN}\n${'\n'.repeat(65_000)}${END}`,
    ])
      expect(() => decodeArmor(text)).toThrow(expect.objectContaining({ code: 'malformed' }))
    expect(performance.now() - start).toBeLessThan(1000)
  })
})

function decodedOrNull(text: string): Buffer | null {
  try {
    return Buffer.from(decodeArmor(text))
  } catch {
    return null
  }
}
