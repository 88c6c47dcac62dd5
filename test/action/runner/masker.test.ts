import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ENCODERS } from './model/encoders.ts'
import { SecretMasker } from './model/masker.ts'

function maskerOf(...values: string[]): SecretMasker {
  const masker = new SecretMasker()
  for (const value of values) masker.add(value)
  return masker
}

describe('the eleven encoders', () => {
  it.each([
    ['Base64StringEscape', 'Password123!', 'UGFzc3dvcmQxMjMh'],
    ['Base64StringEscapeShift1', 'Password123!', 'YXNzd29yZDEyMyE='],
    ['Base64StringEscapeShift2', 'Password123!', 'c3N3b3JkMTIzIQ=='],
    ['Base64StringEscapeShift1', 'é', 'qQ=='],
    ['Base64StringEscapeShift1', 'x', 'eA=='],
    ['Base64StringEscapeShift2', 'xy', 'eHk='],
    ['CommandLineArgumentEscape', 'a"b\\c', 'a\\"b\\c'],
    ['ExpressionStringEscape', "it's 'so'", "it''s ''so''"],
    ['JsonStringEscape', 'q" s/ b\\ n\n r\r t\t f\f b\b', 'q\\" s/ b\\\\ n\\n r\\r t\\t f\\f b\\b'],
    ['JsonStringEscape', '\u0001\u001f\u007f\u0085\u2028\u2029', '\\u0001\\u001f\u007f\\u0085\\u2028\\u2029'],
    ['JsonStringEscape', "ä<>&'", "ä<>&'"],
    ['UriDataEscape', "a b+c/d=e!'()*~-._", 'a%20b%2Bc%2Fd%3De%21%27%28%29%2A~-._'],
    ['UriDataEscape', 'ü😀', '%C3%BC%F0%9F%98%80'],
    ['XmlDataEscape', `<a b="c" d='e'>&`, '&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;'],
    ['TrimDoubleQuotes', '"1234567"', '1234567'],
    ['TrimDoubleQuotes', '"123456"', ''],
    ['TrimDoubleQuotes', "'1234567'", ''],
    ['PowerShellPreAmpersandEscape', 'first&second&third', 'first&second&'],
    ['PowerShellPostAmpersandEscape', 'first&second&third!', 'third!'],
    ['PowerShellPreAmpersandEscape', 'first&+second&third', 'first&+'],
    ['PowerShellPostAmpersandEscape', 'first&+second&third', 'econd&third'],
    ['PowerShellPreAmpersandEscape', 'four&fiver', ''],
    ['PowerShellPostAmpersandEscape', 'fourth&fiver', ''],
    ['PowerShellPostAmpersandEscape', 'fourth&+', ''],
    ['PowerShellPreAmpersandEscape', 'no ampersand', ''],
    ['PowerShellPostAmpersandEscape', 'no ampersand', ''],
  ])('%s of %j is %j', (encoder, value, expected) => {
    expect(ENCODERS[encoder]?.(value)).toBe(expected)
  })

  it('are eleven', () => {
    expect(Object.keys(ENCODERS)).toHaveLength(11)
  })

  it('are not chained: base64 of base64 and base64 of JSON stay readable', () => {
    const masker = maskerOf('Pass"word123!')
    const twice = Buffer.from(Buffer.from('Pass"word123!').toString('base64')).toString('base64')
    const ofJson = Buffer.from('Pass\\"word123!').toString('base64')
    expect(masker.mask(`${twice} ${ofJson}`)).toBe(`${twice} ${ofJson}`)
  })
})

describe('the masker', () => {
  it.each([
    ['nothing registered', [], 'abc', 'abc'],
    ['one value', ['def'], 'abcdefg', 'abc***g'],
    ['a value at both ends', ['abc'], 'abc-abc', '***-***'],
    ['the whole text', ['Password123!'], 'Password123!', '***'],
    ['overlapping values', ['bcd', 'cde'], 'abcdef', 'a***f'],
    ['one value inside another', ['bcde', 'cd'], 'abcdef', 'a***f'],
    ['adjacent values become one', ['abc', 'def'], 'xabcdefx', 'x***x'],
    ['adjacent hits of one value', ['ab'], 'ababab-', '***-'],
    ['a value that overlaps itself', ['aba'], 'xababax', 'x***x'],
    ['values apart', ['ab', 'ef'], 'abcdef', '***cd***'],
    ['one character: there is no minimum', ['1'], 'port 5132', 'port 5***32'],
    ['case matters', ['Secret'], 'secret SECRET Secret', 'secret SECRET ***'],
    ['letters compare ordinally', ['ß'], 'ss ß', 'ss ***'],
  ])('replaces %s', (_, values, text, expected) => {
    expect(maskerOf(...values).mask(text)).toBe(expected)
  })

  it.each(['Password123!', 'usr:Password123!', 'me:Password123!', 'x:Password123!'])(
    'finds the value at the end of base64(%s), at each of the three alignments',
    (text) => {
      const encoded = Buffer.from(text).toString('base64')
      expect(maskerOf('Password123!').mask(encoded)).toMatch(/^.{0,8}\*\*\*$/)
    },
  )

  it('loses the value when anything follows it and its tail is not aligned, such as the line feed of echo', () => {
    const encoded = Buffer.from('Password1234!\n').toString('base64')
    expect(maskerOf('Password1234!').mask(encoded)).toBe(encoded)
  })

  it('registers an add-mask value whole, untrimmed, and each of its lines trimmed', () => {
    const masker = new SecretMasker()
    masker.addWithLines(' {\r\n  "key": 1\n\n} ')
    expect(masker.values).toEqual([' {\r\n  "key": 1\n\n} ', '{', '"key": 1', '}'])
    expect(masker.mask('if (x) { y }')).toBe('if (x) *** y ***')
  })

  it('ignores empty values and empty forms', () => {
    const masker = maskerOf('', '')
    expect([masker.values, masker.patternCount, masker.mask('a')]).toEqual([[], 0, 'a'])
  })

  it('never shows a registered value, whatever stands around it', () => {
    const part = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), part, part, (values, before, after) => {
        const text = before + values.join('') + after
        const masked = maskerOf(...values).mask(text)
        return values.every((value) => !masked.replaceAll('***', '\u{10ffff}').includes(value))
      }),
    )
  })

  it('agrees with marking each character of each hit', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 4 }),
        fc.string({ unit: fc.constantFrom('a', 'b', 'c') }),
        (values, text) => {
          expect(maskerOf(...values).mask(text)).toBe(maskSlowly(values, text))
        },
      ),
    )
  })
})

/** The plain version: a hit marks its characters, and a run of marked characters is one `***`. */
function maskSlowly(values: readonly string[], text: string): string {
  const hit = [...text].map((_, at) =>
    values.some((value) => [...value].some((_, offset) => text.startsWith(value, at - offset) && at - offset >= 0)),
  )
  return [...text].map((character, at) => (!hit[at] ? character : hit[at - 1] ? '' : '***')).join('')
}
