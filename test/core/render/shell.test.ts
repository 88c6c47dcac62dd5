import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDotenv } from '../../../src/core/dotenv/parse.ts'
import { renderShell } from '../../../src/core/render/shell.ts'
import * as any from '../dotenv/arbitraries.ts'
import { refusal } from '../dotenv/reading.ts'

test('every line exports one variable', () => {
  expect(renderShell(parseDotenv('# head\nA=1\n\nB="it\'s"\nC=\n'))).toBe(
    "export A='1'\nexport B='it'\\''s'\nexport C=''\n",
  )
  expect(renderShell([])).toBe('')
})

describe.each(['sh', 'bash'])('%s', (shell) => {
  test('evaluates to exactly the values, and runs nothing', () => {
    fc.assert(
      fc.property(fc.dictionary(any.name, any.value, { minKeys: 30, maxKeys: 60 }), (values) => {
        const document = Object.entries(values).map(([name, value]) => ({ kind: 'entry', name, value }) as const)
        expect(evaluated(shell, renderShell(document))).toEqual(values)
      }),
      { numRuns: 15 },
    )
  })

  test.each([
    "'; touch x; '",
    "'\\''",
    '$(id)`id`',
    '\\',
    "\\'",
    '\n# x\n',
    '!!',
    '\r\n',
    '~',
    '*',
    '\u2028',
    '\x1b[31m',
  ])('reads %j', (value) => {
    expect(evaluated(shell, renderShell([{ kind: 'entry', name: 'V_A', value }]))).toEqual({ V_A: value })
  })
})

test.each(['a.b', '1A', 'A B', 'A;id', '', 'A-B', 'É'])('the foreign name %j is refused', (name) => {
  const error = refusal(() => renderShell([{ kind: 'entry', name, value: '' }]))
  expect(error.code).toBe('name-invalid')
})

test('a value with a NUL is refused by name', () => {
  const error = refusal(() => renderShell([{ kind: 'entry', name: 'KEY', value: 'a\0b' }]))
  expect(error).toMatchObject({ code: 'not-representable', message: expect.stringContaining('KEY') })
})

function evaluated(shell: string, script: string): Record<string, string> {
  const { stdout, stderr, status } = spawnSync(shell, ['-c', `eval "$1"; env -0`, shell, script], { encoding: 'utf8' })
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  const pairs = stdout.split('\0').filter((pair) => pair.startsWith('V_'))
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
}
