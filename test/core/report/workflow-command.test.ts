import { debug, error, notice, setSecret, warning } from '@actions/core'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { printCommand, printMasks, printPlain } from '../../../src/core/report/workflow-command.ts'
import { parseCommand } from '../../action/runner/model/command.ts'
import { readLines } from '../../action/runner/model/dotnet-text.ts'

/** Text with what commands are made of in it. */
const text = fc.oneof(
  fc
    .array(
      fc.constantFrom('::', '##[', ']', '%', '%0A', '%25', ',', '=', ' ', '\t', '\u00a0', '\r', '\n', 'add-mask', 'é'),
    )
    .map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary' }),
)

/** What @actions/core prints. */
function toolkitPrints(call: () => void): string {
  let printed = ''
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += chunk
    return true
  })
  try {
    call()
  } finally {
    stdout.mockRestore()
  }
  return printed.replaceAll('\r\n', '\n')
}

describe('a command for the runner', () => {
  it('is what @actions/core prints for a mask', () => {
    fc.assert(
      fc.property(text, (secret) => {
        expect(printCommand('add-mask', secret)).toBe(toolkitPrints(() => setSecret(secret)))
      }),
    )
  })

  it.each([
    ['error', error],
    ['warning', warning],
    ['notice', notice],
  ] as const)('is what @actions/core prints for the annotation %s', (kind, annotate) => {
    const properties = fc.record(
      {
        title: text.filter((title) => title !== ''),
        file: text.filter((file) => file !== ''),
        line: fc.integer({ min: 1 }),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(text, properties, (message, { line, ...rest }) => {
        const ordered = { ...rest, ...(line === undefined ? {} : { line }) }
        const theirs = { ...rest, ...(line === undefined ? {} : { startLine: line }) }
        expect(printCommand(kind, message, ordered)).toBe(toolkitPrints(() => annotate(message, theirs)))
      }),
    )
  })

  it('is the same for many masks at once', () => {
    fc.assert(
      fc.property(fc.array(text), (secrets) => {
        expect(printMasks(secrets)).toBe(secrets.map((secret) => printCommand('add-mask', secret)).join(''))
      }),
    )
  })

  it('is what @actions/core prints for a line of debugging', () => {
    fc.assert(
      fc.property(text, (message) => {
        expect(printCommand('debug', message)).toBe(toolkitPrints(() => debug(message)))
      }),
    )
  })

  it('is one line, and the runner reads back what was meant', () => {
    fc.assert(
      fc.property(
        text,
        text.filter((file) => file !== ''),
        (message, file) => {
          const lines = readLines(printCommand('error', message, { file, line: 3 }))
          const command = parseCommand(lines[0]!, (name) => name === 'error')
          expect([lines.length, command?.data]).toEqual([1, message])
          expect(command?.properties.get('line')).toBe('3')
          if (!file.startsWith('=')) expect(command?.properties.get('file')).toBe(file)
        },
      ),
    )
  })
})

describe('an ordinary line', () => {
  it.each([
    ['3 variables from a, b', '3 variables from a, b\n'],
    ['::add-mask::x', ': :add-mask::x\n'],
    [' \t::x::', ' \t: :x::\n'],
    ['a ::b::', 'a ::b::\n'],
    ['a ##[error]b', 'a ## [error]b\n'],
    ['a\n::b::\u001b[2J', 'a?::b::?[2J\n'],
  ])('%j is %j', (given, expected) => {
    expect(printPlain(given)).toBe(expected)
  })

  it('is one line and never a command, whatever is in it', () => {
    fc.assert(
      fc.property(text, (given) => {
        const lines = readLines(printPlain(given))
        expect(lines).toHaveLength(1)
        expect(parseCommand(lines[0]!, () => true)).toBeNull()
      }),
      { numRuns: 2000 },
    )
  })
})
