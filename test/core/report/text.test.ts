import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../src/core/finding.ts'
import { printablePath, printFindings } from '../../../src/core/report/text.ts'
import { parseCommand } from '../../action/runner/model/command.ts'
import { readLines } from '../../action/runner/model/dotnet-text.ts'

const finding: Finding = { rule: 'plaintext-value', file: 'a/.env.encrypted', message: 'it is plain text' }

/** Paths of which each piece is there to break something. */
const path = fc
  .array(
    fc.constantFrom(
      '::',
      '##[',
      '[',
      '#',
      'add-mask',
      ']',
      ' ',
      '\t',
      '\u00a0',
      '\u0085',
      '\n',
      '\r',
      '\u001b[2J',
      'a',
      '/',
    ),
  )
  .map((pieces) => pieces.join(''))

describe('findings as text', () => {
  it.each([
    [{}, 'a/.env.encrypted: it is plain text [plaintext-value]\n'],
    [{ line: 3 }, 'a/.env.encrypted:3: it is plain text [plaintext-value]\n'],
    [{ line: 3, name: 'API_KEY' }, 'a/.env.encrypted:3: API_KEY: it is plain text [plaintext-value]\n'],
    [
      { fix: 'sealward set API_KEY' },
      'a/.env.encrypted: it is plain text [plaintext-value]\n  fix: sealward set API_KEY\n',
    ],
  ])('say the place, the name, what it is, by which rule, and the fix: %j', (more, expected) => {
    expect(printFindings([{ ...finding, ...more }])).toBe(expected)
  })

  it('are nothing when there are none, and else one after the other', () => {
    expect(printFindings([])).toBe('')
    expect(printFindings([finding, { ...finding, file: 'b' }])).toBe(
      'a/.env.encrypted: it is plain text [plaintext-value]\nb: it is plain text [plaintext-value]\n',
    )
  })

  it('are as many lines as there are findings and fixes, whatever the paths', () => {
    fc.assert(
      fc.property(fc.array(path), (paths) => {
        const findings = paths.map((file): Finding => ({ ...finding, file, fix: 'do this' }))
        expect(readLines(printFindings(findings))).toHaveLength(2 * paths.length)
      }),
    )
  })

  it('are never a command of the runner that shows them', () => {
    fc.assert(
      fc.property(path, (file) => {
        const fix = `sealward protect '${file.replace(/[\n\r\u0085]/g, '')}'`
        for (const line of readLines(printFindings([{ ...finding, file, fix }])))
          expect(parseCommand(line, () => true)).toBeNull()
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a path that is shown', () => {
  it.each([
    ['a/b c/é日本.env', 'a/b c/é日本.env'],
    ['a\u001b[2J', 'a\\x1b[2J'],
    ['a\nb', 'a\\x0ab'],
    ['a\u202eb', 'a\\u202eb'],
    ['a\u200bb', 'a\\u200bb'],
    ['::warning::x', './::warning::x'],
    ['a::b', 'a::b'],
    ['a ##[error]x', 'a #\\x23[error]x'],
  ])('%j is %j', (path, shown) => {
    expect(printablePath(path)).toBe(shown)
  })
})
