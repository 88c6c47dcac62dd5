import { Buffer } from 'node:buffer'
import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../../src/core/dotenv/document.ts'
import { parseDotenv } from '../../../src/core/dotenv/parse.ts'
import { refusal, valuesOf } from './reading.ts'

describe('a byte order mark', () => {
  test('is dropped once from bytes and from a string', () => {
    expect(valuesOf(parseDotenv(Buffer.from('\uFEFFA=1')))).toEqual({ A: '1' })
    expect(valuesOf(parseDotenv('\uFEFFA=1'))).toEqual({ A: '1' })
  })

  test('is text when it comes a second time', () => {
    expect(refusal(() => parseDotenv('\uFEFF\uFEFFA=1'))).toMatchObject({ code: 'name-invalid', line: 1 })
  })

  test('of UTF-16 is refused with what to do', () => {
    for (const bytes of [Buffer.from('\uFEFFA=1', 'utf16le'), Buffer.from('\uFEFFA=1', 'utf16le').swap16()]) {
      const error = refusal(() => parseDotenv(bytes))
      expect(error).toMatchObject({ code: 'dotenv-syntax', message: 'the file is UTF-16', line: 1 })
      expect(error.hint).toContain('UTF-8')
    }
  })
})

describe('bytes that are no text are refused with their line', () => {
  test.each([
    ['a stray continuation byte', [0x80]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['an encoded surrogate', [0xed, 0xa0, 0x80]],
    ['a cut sequence at the end of the file', [0xe2, 0x82]],
    ['Latin-1', [0x63, 0x61, 0x66, 0xe9]],
  ])('%s', (_, bytes) => {
    const file = Buffer.concat([Buffer.from('A=1\n# é\nB='), Buffer.from(bytes)])
    expect(refusal(() => parseDotenv(file))).toMatchObject({ code: 'dotenv-syntax', line: 3 })
    expect(refusal(() => parseDotenv(Buffer.concat([file, Buffer.from('\nC=1\n')])))).toMatchObject({ line: 3 })
  })

  test('a NUL, which is also what UTF-16 without its mark looks like', () => {
    expect(refusal(() => parseDotenv('A=1\nB=\0'))).toMatchObject({ code: 'dotenv-syntax', line: 2 })
    expect(refusal(() => parseDotenv(Buffer.from('A=1', 'utf16le')))).toMatchObject({ code: 'dotenv-syntax', line: 1 })
  })

  test('half a surrogate pair in a string', () => {
    expect(refusal(() => parseDotenv('A=1\n\nB=\uD83D'))).toMatchObject({ code: 'dotenv-syntax', line: 3 })
    expect(valuesOf(parseDotenv('A=\u{1F511}'))).toEqual({ A: '\u{1F511}' })
  })
})

describe('line ends', () => {
  test('may be LF, CR LF, both, and missing at the end of the file', () => {
    for (const text of ['A=1\nB="x\ny"\n', 'A=1\r\nB="x\r\ny"\r\n', 'A=1\r\nB="x\ny"', 'A=1\nB="x\r\ny"\r\n']) {
      expect(valuesOf(parseDotenv(text))).toEqual({ A: '1', B: 'x\ny' })
    }
  })

  test.each(['A=1\rB=2', 'A=1\n\rB=2', 'A=1\nB="\r"', 'A=1\n# \r', 'A=1\nB=2\r', 'A=1\r\nB=2\r\r\n'])(
    'a lone CR is refused: %j',
    (text) => {
      expect(refusal(() => parseDotenv(text)).code).toBe('dotenv-syntax')
    },
  )

  test('a lone CR is reported with its line, CR LF lines counted once', () => {
    expect(refusal(() => parseDotenv('A=1\r\n\r\nB=\r2\r\n')).line).toBe(3)
  })

  test.each(['\f', '\v', '\u0085', '\u00A0', '\u2028', '\u2029', '\u3000'])(
    '%j is an ordinary character',
    (character) => {
      const text = `#${character}X=1\nA=${character}B=2${character}\nC=x${character}#y`
      expect(parseDotenv(text)).toEqual([
        { kind: 'comment', text: `${character}X=1` },
        { kind: 'entry', name: 'A', value: `${character}B=2${character}` },
        { kind: 'entry', name: 'C', value: `x${character}#y` },
      ])
      expect(refusal(() => parseDotenv(`A=1\n${character}\n`))).toMatchObject({ code: 'dotenv-syntax', line: 2 })
    },
  )
})

describe('the size of the file', () => {
  test('may be exactly the limit, in bytes of UTF-8', () => {
    const comment = `#${'é'.repeat((LIMITS.fileBytes - 2) / 2)}`
    expect(parseDotenv(`${comment}\n`)).toHaveLength(1)
    expect(parseDotenv(Buffer.from(`${comment}\n`))).toHaveLength(1)
  })

  test('is refused one byte beyond it', () => {
    const comment = `#${'é'.repeat((LIMITS.fileBytes - 2) / 2)}`
    expect(refusal(() => parseDotenv(`${comment}\n\n`)).code).toBe('limit')
    expect(refusal(() => parseDotenv(Buffer.from(`${comment}\n\n`))).code).toBe('limit')
  })
})
