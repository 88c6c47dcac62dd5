import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDotenv } from '../../../src/core/dotenv/parse.ts'
import { renderShell } from '../../../src/core/render/shell.ts'
import * as any from '../dotenv/arbitraries.ts'
import { refusal } from '../dotenv/reading.ts'
import { exportedBy, isInstalled } from '../dotenv/shells.ts'

test('every line exports one variable', () => {
  expect(renderShell(parseDotenv('# head\nA=1\n\nB="it\'s"\nC=\n'))).toBe(
    "export A='1'\nexport B='it'\\''s'\nexport C=''\n",
  )
  expect(renderShell([])).toBe('')
})

describe.each(['sh', 'bash'])('%s', (shell) => {
  const evaluated = (script: string) => exportedBy(shell, 'eval "$1"', script)

  test.skipIf(!isInstalled(shell))('evaluates to exactly the values, and runs nothing', () => {
    fc.assert(
      fc.property(fc.dictionary(any.name, any.value, { minKeys: 30, maxKeys: 60 }), (values) => {
        const document = Object.entries(values).map(([name, value]) => ({ kind: 'entry', name, value }) as const)
        expect(evaluated(renderShell(document))).toEqual(values)
      }),
      { numRuns: 15 },
    )
  })

  test
    .skipIf(!isInstalled(shell))
    .each([
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
    expect(evaluated(renderShell([{ kind: 'entry', name: 'V_A', value }]))).toEqual({ V_A: value })
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
