import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readKubeconfig } from '../../../../src/core/certificate/container/kubeconfig.ts'
import { passwordsOf } from '../../../../src/core/certificate/container/passwords.ts'

const tokensIn = (text: string) =>
  readKubeconfig(text, passwordsOf([]))?.tokens.map(({ name, token }) => [name, token.reveal()]) ?? null
const drawn = randomBytes(12).toString('hex')

describe('the tokens of a kubeconfig', () => {
  it.each([
    ['of a user', `users: [{ name: anna, user: { token: ${drawn} } }]`, [['anna', drawn]]],
    ['of a user without a name', `users: [{ user: { token: ${drawn} } }]`, [['', drawn]]],
    [
      'beside entries that are none',
      `users: [anna, null, { name: b }, { name: c, user: { token: ${drawn} } }]`,
      [['c', drawn]],
    ],
    ['of users without one', 'users: [{ name: a, user: {} }, { name: b, user: { token: "" } }]', []],
  ])('are found: %s', (_, text, tokens) => {
    expect(tokensIn(text)).toEqual(tokens)
  })

  it.each([
    ['a list', `- users: [{ name: anna, user: { token: ${drawn} } }]`],
    ['users that are no list', 'users: { anna: {} }'],
    ['entries that are none', 'users: [anna, 7]'],
    ['no YAML', 'users: ['],
    ['other words', 'the users are many'],
  ])('are not looked for in what is none: %s', (_, text) => {
    expect(tokensIn(text)).toBeNull()
  })
})
