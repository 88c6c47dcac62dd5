import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMostlyPrintable } from '../../../../src/core/scan/decode/printable.ts'
import { findRuns, MIN_RUN } from '../../../../src/core/scan/decode/runs.ts'

const found = (text: string) =>
  [...findRuns(Buffer.from(text, 'latin1'))].map(({ start, end, reading }) => `${reading} ${text.slice(start, end)}`)

/** Ordinary text round a run, which ends with a character that is in none. */
const around = fc
  .array(fc.constantFrom('const', 'a', '_b', '/', 'x'.repeat(23), ' ', '\n', '"', '.', '='), { maxLength: 20 })
  .map((words) => `${words.join('')} `)

/** What people encode: at least as long as the shortest run holds. */
const plain = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 18,
  maxLength: 60,
})

describe('a run', () => {
  it('of base64 of text is found wherever it stands', () => {
    fc.assert(
      fc.property(around, plain, around, (before, text, behind) => {
        const encoded = Buffer.from(text).toString('base64')
        expect(found(`${before}${encoded}${` ${behind}`}`)).toContain(`base64 ${encoded}`)
      }),
      { numRuns: 2000 },
    )
  })

  it('of hexadecimal of text is found wherever it stands', () => {
    fc.assert(
      fc.property(around, plain, around, (before, text, behind) => {
        const encoded = Buffer.from(text).toString('hex')
        expect(found(`${before}${encoded}${` ${behind}`}`)).toContain(`hexadecimal ${encoded}`)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    [
      'too short',
      Buffer.from('seventeen letters')
        .toString('base64')
        .slice(0, MIN_RUN - 1),
    ],
    ['a long name', 'aVeryLongNameOfAFunctionThatDoesNothingAtAll'],
    ['a path', 'node_modules/some-package/dist/some-file'],
    ['a line', '-'.repeat(80)],
    ['a picture', `iVBORw0KGgo${'AAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAA'}`],
  ])('is none when it is %s', (_, text) => {
    expect(found(` ${text} `)).toEqual([])
  })

  it('joins the lines of a block and not those of a list', () => {
    const block = Buffer.from('words '.repeat(30)).toString('base64')
    const wrapped = (block.match(/.{1,64}/g) ?? []).join('\n  ')
    expect(found(`  ${wrapped}\n`)).toEqual([`base64 ${wrapped}`])
    const [one, other] = ['the first of two', 'the second one  '].map((text) =>
      Buffer.from(`${text} entry`).toString('base64'),
    )
    expect(found(`- ${one}\n- ${other}\n`)).toEqual([`base64 ${one}`, `base64 ${other}`])
    const bare = ['first without padding', 'second without padding'].map((text) =>
      Buffer.from(`${text}!!`).toString('base64url'),
    )
    expect(found(bare.join('\n'))).toEqual(bare.map((each) => `base64 ${each}`))
  })
})

describe('text', () => {
  it.each([
    ['is ASCII', Buffer.from('KEY=value\r\n\t'), true],
    ['is UTF-8', Buffer.from('\u043f\u0430\u0440\u043e\u043b\u044c'), true],
    ['is UTF-16', Buffer.from('KEY=value', 'utf16le'), true],
    ['is not noise', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)), false],
    ['is not nothing', Buffer.alloc(0), false],
  ])('%s', (_, bytes, expected) => {
    expect(isMostlyPrintable(bytes)).toBe(expected)
  })
})
