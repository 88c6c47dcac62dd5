import { describe, expect, it } from 'vitest'
import { parseDotenv } from '../../../src/core/dotenv/parse.ts'
import { printDotenv } from '../../../src/core/dotenv/print.ts'
import { parseSettled, printConflicts } from '../../../src/core/merge/conflict-text.ts'
import { documentOfBase, mergeDocuments, settledDocument } from '../../../src/core/merge/documents.ts'
import { refusal } from '../../support/sealing.ts'

function merge(base: string, ours: string, theirs: string) {
  return mergeDocuments({ base: parseDotenv(base), ours: parseDotenv(ours), theirs: parseDotenv(theirs) })
}

/** The text of a clean merge; the names of a conflict. */
function outcome(base: string, ours: string, theirs: string): string | string[] {
  const merged = merge(base, ours, theirs)
  const document = settledDocument(merged)
  return document === null ? merged.conflicts.map(({ name }) => name) : printDotenv(document)
}

describe('merging by variable', () => {
  it.each([
    ['neighbours that both changed', 'A=1\nB=1\n', 'A=2\nB=1\n', 'A=1\nB=2\n', 'A=2\nB=2\n'],
    ['what both added at the end, ours first', 'A=1\n', 'A=1\nB=2\n', 'A=1\nC=3\n', 'A=1\nB=2\nC=3\n'],
    ['the same addition at two places once', 'A=1\nB=1\n', 'X=1\nA=1\nB=1\n', 'A=1\nB=1\nX=1\n', 'X=1\nA=1\nB=1\n'],
    ['a removal beside a change', 'A=1\nB=1\n', 'A=1\n', 'A=2\nB=1\n', 'A=2\n'],
    [
      'a move of what the other side changed',
      'A=1\nB=1\nC=1\n',
      'B=1\nC=1\nA=1\n',
      'A=2\nB=1\nC=1\n',
      'B=1\nC=1\nA=2\n',
    ],
    [
      'comments and blank lines where they stand',
      '# a\nA=1\n\n# b\nB=1\n',
      '# a\nA=2\n\n# b\nB=1\n',
      '# a!\nA=1\n\n# b\nB=1\nC=1\n',
      '# a!\nA=2\n\n# b\nB=1\nC=1\n',
    ],
    [
      'comments that each side replaced another of',
      '# a\n# b\nA=1\n',
      '# x\n# b\nA=1\n',
      '# a\n# y\nA=1\n',
      '# x\n# y\nA=1\n',
    ],
    ['two comments for one, both', '# a\nA=1\n', '# b\nA=1\n', '# c\nA=1\n', '# b\n# c\nA=1\n'],
    [
      'blocks that both appended, with their blank lines',
      'A=1\n',
      'A=1\n\n# x\nX=1\n',
      'A=1\n\n# y\nY=1\n',
      'A=1\n\n# x\nX=1\n# y\nY=1\n',
    ],
    ['a removal of the same on both sides', 'A=1\nB=1\n', 'B=1\n', 'B=1\n', 'B=1\n'],
    ['a file of its own on both sides', '', 'A=1\n', 'B=1\n', 'A=1\nB=1\n'],
  ])('takes %s', (_, base, ours, theirs, expected) => {
    expect(outcome(base, ours, theirs)).toBe(expected)
  })

  it.each([
    ['two values', 'A=1\n', 'A=2\n', 'A=3\n'],
    ['a removal and a value', 'A=1\nB=1\n', 'B=1\n', 'A=3\nB=1\n'],
    ['a value and a removal', 'A=1\nB=1\n', 'A=3\nB=1\n', 'B=1\n'],
    ['two additions of one name', '', 'A=1\n', 'A=2\n'],
  ])('has a conflict of %s', (_, base, ours, theirs) => {
    expect(outcome(base, ours, theirs)).toEqual(['A'])
  })

  it('gives two common ancestors what their own ancestor had', () => {
    expect(printDotenv(documentOfBase(merge('A=1\nB=1\n', 'A=2\nB=2\n', 'A=3\nB=1\n')))).toBe('A=1\nB=2\n')
    expect(printDotenv(documentOfBase(merge('B=1\n', 'A=2\nB=1\n', 'A=3\nB=1\n')))).toBe('B=1\n')
  })
})

describe('the text of a conflict', () => {
  it('shows both sides where the variable stands, and reads back once it is settled', () => {
    const text = printConflicts(merge('A=1\nB=1\nC=1\n', 'A=1\nB=2\nC=1\n', 'A=1\nB="x y"\nC=1\n'))
    expect(text).toBe("A=1\n<<<<<<< ours\nB=2\n=======\nB='x y'\n>>>>>>> theirs\nC=1\n")
    const settled = text.replace(/<{7} ours\n|={7}\nB='x y'\n>{7} theirs\n/g, '')
    expect(printDotenv(parseSettled(settled, 'f'))).toBe('A=1\nB=2\nC=1\n')
  })

  it('is refused with any of its markers', async () => {
    const text = printConflicts(merge('A=1\n', 'A=2\n', 'A=3\n'))
    const error = await refusal(() => parseSettled(text, 'f'))
    expect([error.code, error.line, error.message]).toEqual(['dotenv-syntax', 1, 'a conflict is not settled yet'])
    const half = text.replace('<<<<<<< ours\n', '').replace('=======\nA=3\n', '')
    expect((await refusal(() => parseSettled(half, 'f'))).line).toBe(2)
  })

  it('leaves a removal empty', () => {
    expect(printConflicts(merge('A=1\n', '', 'A=3\n'))).toBe('<<<<<<< ours\n=======\nA=3\n>>>>>>> theirs\n')
  })
})
