import { expect, it } from 'vitest'
import { describe as wordsOf } from '../../../src/core/scan/all-rules.ts'
import { rulesOfOwn } from '../../../src/core/scan/own/rules-of-own.ts'

it.each([
  ['private-key', 'a private key'],
  ['own-secret', 'a value that is encrypted in this repository'],
  ['generic-password', 'a password in an assignment, a call or a configuration'],
  ['a-rule-of-tomorrow', 'a secret'],
])('a finding of %s is %s, and its advice is a sentence', (rule, what) => {
  expect(wordsOf(rule)).toMatchObject({ what, advice: expect.stringMatching(/^[A-Z].*\.$/) })
})

it('no rule looks for the values of a repository where nothing is known of them', async () => {
  expect(await rulesOfOwn(null)).toEqual([])
  expect(await rulesOfOwn({ values: [] })).toHaveLength(1)
})
