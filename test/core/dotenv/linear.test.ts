import { performance } from 'node:perf_hooks'
import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../../src/core/dotenv/document.ts'
import { parseDotenv } from '../../../src/core/dotenv/parse.ts'
import { printDotenv } from '../../../src/core/dotenv/print.ts'
import { SealwardError } from '../../../src/core/errors.ts'

/** One operation a character takes well under a second; one for each pair of characters would be days. */
const SECONDS = 20
const SIZE = LIMITS.fileBytes - 64

describe('8 MiB of hostile input are read in seconds', () => {
  test.each([
    ['line feeds', '\n'],
    ['spaces', ' '],
    ['spaces and tabs', ' \t'],
    ['comment signs', '#'],
    ['comment signs in a value', '#', 'A='],
    ['almost comments in a value', '\f#', 'A='],
    ['equals signs', '='],
    ['a name', 'A'],
    ['exports', 'export '],
    ['exports and an equals sign', 'export ', '', '='],
    ['single quotes', "'", "A='"],
    ['open double quotes', '\\"', 'A="'],
    ['backslashes in double quotes', '\\', 'A="'],
    ['backslashes in closed double quotes', '\\\\', 'A="', '"'],
    ['an open backtick', '`\\', 'A=`'],
    ['line feeds in quotes', '\n', 'A="', '"'],
    ['lines that open a quote', 'A="\n'],
    ['spaces behind a value', ' ', 'A=1', '#'],
    ['spaces behind a quote', ' ', "A=''", '#'],
    ['lines behind a byte order mark', '\n', '\uFEFF'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
    ['comments with CR LF', '#\r\n'],
  ])('%s', (_, unit, head = '', tail = '') => {
    const text = `${head}${unit.repeat(SIZE / unit.length)}${tail}`
    const start = performance.now()
    readOrRefuse(text)
    readOrRefuse(new TextEncoder().encode(text))
    expect(performance.now() - start).toBeLessThan(SECONDS * 1000)
  })
})

test('8 MiB in 20,000 variables of every spelling are read and written in seconds', () => {
  const values = ['x'.repeat(400), `a b ${'y'.repeat(396)}`, `it's\n${'"z"\\'.repeat(98)}`, '']
  const entries = Array.from({ length: LIMITS.names }, (_, index) => {
    return { kind: 'entry', name: `NAME_${index}`, value: values[index % values.length] ?? '' } as const
  })
  const start = performance.now()
  expect(parseDotenv(printDotenv(entries))).toEqual(entries)
  expect(performance.now() - start).toBeLessThan(SECONDS * 1000)
})

function readOrRefuse(source: string | Uint8Array): void {
  try {
    parseDotenv(source)
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
  }
}
