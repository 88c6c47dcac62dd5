import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportVariable, setOutput } from '@actions/core'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { appendPairs, drawDelimiter, printPairs } from '../../../src/adapters/runner/file-commands.ts'
import { parsePairs } from '../../action/runner/model/file-grammar.ts'
import { temporaryFolder } from '../../support/git-repository.ts'
import { refusal } from '../../support/sealing.ts'

const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,8}$/).map((stem) => `X_${stem}`)
const value = fc.oneof(
  fc
    .array(fc.constantFrom('\n', '\r', '\r\n', '=', '<<', 'EOF', 'ghadelimiter_', ' ', 'A=1', 'é', '"', '\\', '%0A'))
    .map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary' }),
)

const withoutIds = (text: string) => text.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')

/** Calls @actions/core on a file of its own and gives what is in it then. */
function toolkitWrites(variable: 'GITHUB_ENV' | 'GITHUB_OUTPUT', call: () => void): string {
  const path = join(temporaryFolder(), 'file')
  writeFileSync(path, '')
  vi.stubEnv(variable, path)
  call()
  return readFileSync(path, 'utf8')
}

afterEach(() => vi.unstubAllEnvs())

describe('pairs for the runner', () => {
  it('are what @actions/core writes for a variable', () => {
    fc.assert(
      fc.property(
        name,
        value.filter((text) => !text.includes('\0')),
        (key, text) => {
          const theirs = toolkitWrites('GITHUB_ENV', () => {
            vi.stubEnv(key, '')
            exportVariable(key, text)
          })
          expect(withoutIds(printPairs([[key, text]]))).toBe(withoutIds(theirs))
        },
      ),
      { numRuns: 50 },
    )
  })

  it('are what @actions/core writes for an output', () => {
    fc.assert(
      fc.property(name, value, (key, text) => {
        const theirs = toolkitWrites('GITHUB_OUTPUT', () => setOutput(key, text))
        expect(withoutIds(printPairs([[key, text]]))).toBe(withoutIds(theirs))
      }),
      { numRuns: 50 },
    )
  })

  it('are read back by the runner byte for byte, whatever the values', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), (pairs) => {
        expect([...parsePairs(printPairs(pairs), 'linux')]).toEqual(pairs)
      }),
    )
  })

  it('have a new delimiter in every write: one that is known could be written into a value', () => {
    const texts = Array.from({ length: 50 }, () =>
      printPairs([
        ['A', '1'],
        ['B', '2'],
      ]),
    )
    const delimiters = texts.flatMap((text) => [...text.matchAll(/<<(ghadelimiter_.*)/g)].map((match) => match[1]))
    expect([delimiters.length, new Set(delimiters).size]).toEqual([100, 50])
  })

  it('have no delimiter that a value or a name holds', async () => {
    const draw = () => 'drawn'
    expect(drawDelimiter(['a value', 'ghadelimiter_', 'drawn'], draw)).toBe('ghadelimiter_drawn')
    const { code, message } = await refusal(() => drawDelimiter(['', 'x\nghadelimiter_drawn\nB<<x'], draw))
    expect([code, message.includes('drawn\n')]).toEqual(['internal', false])
  })
})

describe('appending pairs', () => {
  it('keeps what is there', () => {
    const path = join(temporaryFolder(), 'file')
    writeFileSync(path, 'FIRST=1\n')
    appendPairs(path, [['A', '1']])
    appendPairs(path, [['B', '2']])
    expect([...parsePairs(readFileSync(path, 'utf8'), 'linux')]).toEqual([
      ['FIRST', '1'],
      ['A', '1'],
      ['B', '2'],
    ])
  })

  it('needs no file when there is nothing to say', () => {
    expect(() => appendPairs(undefined, [])).not.toThrow()
  })

  it.each([undefined, ''])('is refused by a code where the runner gave no file: %j', async (path) => {
    const { code, hint } = await refusal(() => appendPairs(path, [['A', '1']]))
    expect([code, hint]).toEqual(['io', 'is this running as a GitHub Action?'])
  })

  it('is refused by a code, without the values, where the file cannot be written', async () => {
    const folder = temporaryFolder()
    const { code, message } = await refusal(() => appendPairs(folder, [['A', 'hunter42']]))
    expect([code, message]).toEqual(['io', "the runner's file cannot be written (EISDIR)"])
  })
})
