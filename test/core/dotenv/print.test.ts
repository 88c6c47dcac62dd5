import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { printDotenv } from '../../../src/core/dotenv/print.ts'
import * as any from './arbitraries.ts'
import { refusal } from './reading.ts'
import { exportedBy, isInstalled } from './shells.ts'

const entry = (name: string, value: string) => ({ kind: 'entry', name, value }) as const

describe('the spelling of a value', () => {
  test.each([
    ['', 'A='],
    ['plain', 'A=plain'],
    ['aZ09_./:@%+,=-', 'A=aZ09_./:@%+,=-'],
    ['postgres://u:p@h:5432/d', 'A=postgres://u:p@h:5432/d'],
    [' x', "A=' x'"],
    ['a#b', "A='a#b'"],
    ['$HOME', "A='$HOME'"],
    ['C:\\new\\', "A='C:\\new\\'"],
    ['{"a": "b\\n"}', 'A=\'{"a": "b\\n"}\''],
    ['`id`', "A='`id`'"],
    ['~', "A='~'"],
    ['é', "A='é'"],
    ['one\ntwo\n', "A='one\ntwo\n'"],
    ['\t', "A='\t'"],
    ["it's", 'A="it\'s"'],
    ['it\'s\n$5 `x` "y" \\n', 'A="it\'s\n\\$5 \\`x\\` \\"y\\" \\\\n"'],
    ['one\r\ntwo', 'A="one\\r\ntwo"'],
  ])('%j is written as %j', (value, expected) => {
    expect(printDotenv([entry('A', value)])).toBe(`${expected}\n`)
  })
})

test('comments and blank lines are written as they are', () => {
  const document = [
    { kind: 'comment', text: ' head ' },
    { kind: 'blank' },
    entry('A', '1'),
    { kind: 'comment', text: '' },
  ] as const
  expect(printDotenv(document)).toBe('# head \n\nA=1\n#\n')
  expect(printDotenv([])).toBe('')
})

describe('what could not be read back is refused', () => {
  test.each(['\nEVIL=1', '\r', 'x\r\n', '\0', '\uD800'])('a comment with %j', (text) => {
    expect(refusal(() => printDotenv([{ kind: 'comment', text }])).code).toBe('not-representable')
  })

  test.each(['\0', 'x\uDC00', '\uD83D'])('a value with %j, by the name of its variable', (value) => {
    const error = refusal(() => printDotenv([entry('KEY', value)]))
    expect(error.code).toBe('not-representable')
    expect(error.message).toContain('KEY')
  })

  test.each(['', '#a', 'export a', ' a', 'a ', 'a=b', 'a\nB', 'sops_x', '\uFEFFa', '\uD800'])('the name %j', (name) => {
    expect(refusal(() => printDotenv([entry(name, '')])).code).toBe('name-invalid')
  })
})

describe('other readers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sealward-print-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  test('Node reads what is bare or in single quotes as we do', () => {
    const singleQuoted = any.value.map((value) => value.replace(/['\r]/g, ''))
    fc.assert(
      fc.property(singleQuoted, (value) => {
        expect(parseEnv(printDotenv([entry('A', value), entry('B', 'x')]))).toEqual({ A: value, B: 'x' })
      }),
      { numRuns: 1000 },
    )
  })

  describe.each(['sh', 'bash'])('%s', (shell) => {
    test.skipIf(!isInstalled(shell))('sources everything but CR as we do, and runs nothing', () => {
      const file = join(folder, `${shell}.env`)
      const withoutReturns = any.value.map((value) => value.replaceAll('\r', ''))
      const documents = fc.dictionary(any.name, withoutReturns, { minKeys: 30, maxKeys: 60 })
      fc.assert(
        fc.property(documents, (values) => {
          writeFileSync(file, printDotenv(Object.entries(values).map(([name, value]) => entry(name, value))))
          expect(exportedBy(shell, 'set -a; . "$1"', file)).toEqual(values)
        }),
        { numRuns: 15 },
      )
    })
  })
})
