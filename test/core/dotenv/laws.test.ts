import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Document } from '../../../src/core/dotenv/document.ts'
import { parseDotenv } from '../../../src/core/dotenv/parse.ts'
import { printDotenv } from '../../../src/core/dotenv/print.ts'
import { SealwardError } from '../../../src/core/errors.ts'
import * as any from './arbitraries.ts'
import { referenceParse } from './reference.ts'

const RUNS = { numRuns: 3000 }

test('what is printed reads back as it was, as text and as bytes', () => {
  fc.assert(
    fc.property(any.document, (document) => {
      const printed = printDotenv(document)
      expect(parseDotenv(printed)).toEqual(document)
      expect(parseDotenv(Buffer.from(printed))).toEqual(document)
    }),
    RUNS,
  )
})

test('what is printed survives a checkout that turns LF into CR LF', () => {
  fc.assert(
    fc.property(any.document, (document) => {
      expect(parseDotenv(printDotenv(document).replaceAll('\n', '\r\n'))).toEqual(document)
    }),
    RUNS,
  )
})

test('reading, printing and reading again gives the first reading', () => {
  fc.assert(
    fc.property(any.source, (source) => {
      const document = parsedOrNull(source)
      if (document !== null) expect(parseDotenv(printDotenv(document))).toEqual(document)
    }),
    RUNS,
  )
})

test('the scanner and the plain reference read the same and refuse the same', () => {
  let read = 0
  fc.assert(
    fc.property(any.source, (source) => {
      const document = parsedOrNull(source)
      if (document !== null) read += 1
      expect(document).toEqual(referenceParse(source))
    }),
    { numRuns: 10_000 },
  )
  expect(read).toBeGreaterThan(2000) // so that the law is not about refusals alone
})

test('the same holds for text without any structure', () => {
  fc.assert(
    fc.property(any.value, (source) => {
      expect(parsedOrNull(`V=${source}`)).toEqual(referenceParse(`V=${source}`))
    }),
    { numRuns: 10_000 },
  )
})

test('a foreign name that is read can be written and read again', () => {
  fc.assert(
    fc.property(any.value, any.value, (name, value) => {
      const document = parsedOrNull(`${name}=${value}`, true)
      if (document !== null) expect(parseDotenv(printDotenv(document), { anyName: true })).toEqual(document)
    }),
    RUNS,
  )
})

function parsedOrNull(source: string, anyName = false): Document | null {
  try {
    return parseDotenv(source, { anyName })
  } catch (error) {
    if (error instanceof SealwardError) return null
    throw error
  }
}
