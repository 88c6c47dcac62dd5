import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printDotenv } from '../../../src/core/dotenv/print.ts'
import { readRightHandSide } from '../../../src/core/dotenv/unquote.ts'
import * as any from './arbitraries.ts'
import { refusal } from './reading.ts'

test('the spelling of any value reads as that value', () => {
  fc.assert(
    fc.property(any.value, (value) => {
      const spelled = printDotenv([{ kind: 'entry', name: 'A', value }]).slice('A='.length, -1)
      expect(readRightHandSide(spelled, 'A')).toBe(value)
    }),
  )
})

describe('a stored value that is no right-hand side', () => {
  const secret = randomBytes(12).toString('hex')

  test.each([
    ['an open quote', `"${secret}`],
    ['text behind a quote', `'${secret}'${secret}`],
    ['a line behind a quote', `'${secret}'\n${secret}`],
  ])('is refused by name, without the value: %s', (_, stored) => {
    const error = refusal(() => readRightHandSide(stored, 'API_KEY'))
    expect(error).toMatchObject({ code: 'dotenv-syntax', line: undefined, hint: expect.stringContaining('literal') })
    expect(error.message).toContain('API_KEY')
    expect(error.message).not.toContain(secret)
  })
})
