import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/core/dotenv/document.ts'
import { readSecretNames } from '../../../src/core/interchange/secret-names.ts'
import { variablesOf } from '../../support/documents.ts'
import { refusal } from '../../support/sealing.ts'

describe('names of secrets', () => {
  it.each([
    ['as gh prints them for a person', 'NAME  UPDATED\nA     about 1 day ago\nB     less than a minute ago\n'],
    ['as gh prints them for a program', 'A\t2026-01-02T03:04:05Z\nB\t2026-01-02T03:04:05Z\n'],
    ['as JSON of gh', '[{"name":"A"},{"name":"B"}]'],
    ['as a JSON list', ' ["A", "B"]'],
    ['one a line, some of them twice', '# ours\nA\n\nB\nA\n'],
  ])('become variables without values: %s', (_, text) => {
    expect(variablesOf(readSecretNames(text))).toEqual({ A: '', B: '' })
  })

  it.each([
    ['a name that no variable has', 'A\nnot-one\n', 'name-invalid'],
    ['a list of something else', '[{"title":"A"}]', 'name-invalid'],
    ['half a list', '["A"', 'malformed'],
    ['more than a file holds', Array.from({ length: LIMITS.names + 1 }, (_, at) => `N${at}`).join('\n'), 'limit'],
  ])('are refused: %s', async (_, text, code) => {
    expect((await refusal(() => readSecretNames(text))).code).toBe(code)
  })
})
