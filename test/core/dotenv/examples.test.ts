import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseDotenv } from '../../../src/core/dotenv/parse.ts'
import { readRightHandSide } from '../../../src/core/dotenv/unquote.ts'
import { SealwardError } from '../../../src/core/errors.ts'

const PAGE = readFileSync(new URL('../../../docs/dotenv.md', import.meta.url), 'utf8')

describe('the examples of docs/dotenv.md section 7', () => {
  const rows = rowsUnder('| source | reading |')
  test('are all there', () => expect(rows.length).toBeGreaterThan(30))
  test.each(rows)('%s reads as %s', (source, ...expected) => {
    expect(reading(() => parseDotenv(special(source)).map(spell))).toEqual(expected)
  })
})

describe('the stored values of docs/dotenv.md section 8', () => {
  const rows = rowsUnder('| stored | reading |')
  test('are all there', () => expect(rows.length).toBeGreaterThan(5))
  test.each(rows)('%s reads as %s', (stored, ...expected) => {
    expect(reading(() => [JSON.stringify(readRightHandSide(special(stored), 'KEY'))])).toEqual(expected)
  })
})

/** The code spans of each row of the table with this heading. */
function rowsUnder(heading: string): [string, ...string[]][] {
  const table = PAGE.slice(PAGE.indexOf(heading)).split('\n\n')[0] ?? ''
  return table
    .split('\n')
    .slice(2)
    .filter((row) => row !== '')
    .map((row) => [...row.matchAll(/(`+)(.*?)\1(?!`)/g)].map((span) => span[2] ?? '') as [string, ...string[]])
}

function special(text: string): string {
  return text.replaceAll('⏎', '\n').replaceAll('␍', '\r').replaceAll('⇥', '\t')
}

function spell(line: ReturnType<typeof parseDotenv>[number]): string {
  if (line.kind === 'blank') return '(blank)'
  return line.kind === 'comment' ? `#${line.text}` : JSON.stringify(line.value)
}

function reading(read: () => string[]): string[] {
  try {
    return read()
  } catch (error) {
    if (error instanceof SealwardError) return [error.code]
    throw error
  }
}
