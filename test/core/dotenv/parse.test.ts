import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../../src/core/dotenv/document.ts'
import { parseDotenv } from '../../../src/core/dotenv/parse.ts'
import { refusal, valuesOf } from './reading.ts'

describe('a document', () => {
  test('keeps entries, comments and blank lines in their order', () => {
    expect(parseDotenv('\n# head \n \t\nA=1 # why\n#\n  #x\nexport B="2\n3"\n\n')).toEqual([
      { kind: 'blank' },
      { kind: 'comment', text: ' head ' },
      { kind: 'blank' },
      { kind: 'comment', text: ' why' },
      { kind: 'entry', name: 'A', value: '1' },
      { kind: 'comment', text: '' },
      { kind: 'comment', text: 'x' },
      { kind: 'entry', name: 'B', value: '2\n3' },
      { kind: 'blank' },
    ])
  })

  test('of an empty file is empty', () => {
    expect(parseDotenv('')).toEqual([])
    expect(parseDotenv(new Uint8Array())).toEqual([])
    expect(parseDotenv('\uFEFF')).toEqual([])
  })

  test('puts the comment behind a value of several lines above the entry', () => {
    expect(parseDotenv('A="1\n2" # why')).toEqual([
      { kind: 'comment', text: ' why' },
      { kind: 'entry', name: 'A', value: '1\n2' },
    ])
  })

  test('takes export for a name when no other name follows', () => {
    expect(valuesOf(parseDotenv('export=1\nexported=2'))).toEqual({ export: '1', exported: '2' })
    expect(valuesOf(parseDotenv('export =1'))).toEqual({ export: '1' })
  })
})

describe('an error names the line', () => {
  test.each([
    ['a line without =', 'A=1\n\nB', 'dotenv-syntax', 3],
    ['a line without = before one that has it', 'A=1\nB\nC=2', 'dotenv-syntax', 2],
    ['a line without = behind a value of several lines', 'A="1\n2\n3"\nB', 'dotenv-syntax', 4],
    ['the line that opened a quote', 'A=1\nB="2\nC=3\n', 'dotenv-syntax', 2],
    ['the line that opened a quote, behind escaped ones', 'A=1\nB="2\\"\n\\\\\\"', 'dotenv-syntax', 2],
    ['text behind a quote, where the quote closes', "A='1\n2\n3' 4\n", 'dotenv-syntax', 3],
    ['a comment behind an ambiguous quote, where it closes', "A='1\n2\\' # '\n", 'dotenv-syntax', 2],
    ['the second of two', 'A=1\nB=2\n\nA=3\n', 'duplicate', 4],
    ['a name', 'A=1\nB-C=2\n', 'name-invalid', 2],
    ['a reserved name', 'A=1\nsops_version=2\n', 'name-invalid', 2],
  ])('%s', (_, text, code, line) => {
    expect(refusal(() => parseDotenv(text, { file: 'some/.env' }))).toMatchObject({ code, line, file: 'some/.env' })
    expect(refusal(() => parseDotenv(text.replaceAll('\n', '\r\n')))).toMatchObject({ code, line, file: undefined })
  })
})

test('no error holds a part of a value, of a comment or of a line', () => {
  const secret = randomBytes(24).toString('hex')
  const faults = [
    secret,
    `${secret}-=1`,
    `A='${secret}`,
    `A="${secret}" ${secret}`,
    `A='${secret}\\' # ${secret}`,
    `: ${secret}`,
  ]
  for (const fault of [
    ...faults,
    `A=${secret}\r${secret}`,
    `A=${secret}\0`,
    `A=${secret}\nA=${secret}`,
    `sops_${secret}=1`,
  ]) {
    const error = refusal(() => parseDotenv(`#${secret}\n${fault}\n`))
    expect(inspect({ ...error, message: error.message })).not.toContain(secret.slice(0, 6))
  }
})

describe('reserved and foreign names', () => {
  test('only the lowercase prefix is reserved', () => {
    expect(valuesOf(parseDotenv('SOPS_X=1\nsops=2\nSops_x=3'))).toEqual({ SOPS_X: '1', sops: '2', Sops_x: '3' })
  })

  test('foreign names are read when asked for', () => {
    const text = 'a.b-c = 1\nexport two words = 2\n1st=3\nclé=4\n"q"=5\n'
    expect(valuesOf(parseDotenv(text, { anyName: true }))).toEqual({
      'a.b-c': '1',
      'two words': '2',
      '1st': '3',
      clé: '4',
      '"q"': '5',
    })
    expect(refusal(() => parseDotenv(text))).toMatchObject({ code: 'name-invalid', line: 1 })
  })

  test.each([
    '=1',
    'a\tb=1',
    'a\u0007b=1',
    'export export a=1',
    'export #a=1',
    '\uFEFF\uFEFFa=1',
    'sops_mac=1',
    'a\u0085b=1',
  ])('a name that could not be written again is refused even then: %j', (text) => {
    expect(refusal(() => parseDotenv(text, { anyName: true }))).toMatchObject({ code: 'name-invalid', line: 1 })
  })

  test('a foreign name with unusual characters stays out of the message', () => {
    const error = refusal(() => parseDotenv('a ::stop-commands b=1\na ::stop-commands b=2', { anyName: true }))
    expect(error).toMatchObject({ code: 'duplicate', message: '(a name with unusual characters) is set a second time' })
  })
})

describe('limits', () => {
  test('a value may be exactly the limit, in bytes of UTF-8, and the error beyond it names the variable', () => {
    const value = 'é'.repeat(LIMITS.valueBytes / 2)
    expect(valuesOf(parseDotenv(`A=${value}`))).toEqual({ A: value })
    expect(refusal(() => parseDotenv(`\nA=${value}x`))).toMatchObject({
      code: 'limit',
      line: 2,
      message: `the value of A is larger than ${LIMITS.valueBytes} bytes`,
    })
  })

  test('the logical value is counted, not its spelling', () => {
    const spelled = '\\n'.repeat(LIMITS.valueBytes)
    expect(valuesOf(parseDotenv(`A="${spelled}"`))).toEqual({ A: '\n'.repeat(LIMITS.valueBytes) })
  })

  test('20,000 variables pass and one more does not', () => {
    const lines = Array.from({ length: LIMITS.names }, (_, index) => `V${index}=\n`).join('')
    expect(parseDotenv(lines)).toHaveLength(LIMITS.names)
    expect(refusal(() => parseDotenv(`${lines}ONE_MORE=`))).toMatchObject({ code: 'limit', line: LIMITS.names + 1 })
  })
})
