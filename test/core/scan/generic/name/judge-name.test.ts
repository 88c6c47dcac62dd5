import { describe, expect, it } from 'vitest'
import { judgeName } from '../../../../../src/core/scan/generic/name/judge-name.ts'

describe('a name', () => {
  it.each([
    ['password', 'password', 3],
    ['db_pass', 'password', 3],
    ['my_db_user_pass', 'password', 2],
    ['passPhrase', 'password', 3],
    ['spring.datasource.password', 'password', 3],
    ['seed_phrase', 'mnemonic', 3],
    ['client_secret', 'secret', 3],
    ['api_key', 'key', 3],
    ['key', 'key', 1],
    ['seed', 'salt', 1],
    ['auth', 'auth', 1],
    ['credentials', 'auth', 2],
  ])('%s promises a %s with strength %i', (name, kind, strength) => {
    expect(judgeName(name)).toMatchObject({ kind, strength })
  })

  it.each(['author', 'passenger', 'password_field', 'public_key', 'next_page_token'])('%s promises none', (name) => {
    expect(judgeName(name)).toBeNull()
  })

  it('is judged the same after thousands of others, of which not all are remembered', () => {
    const names = Array.from({ length: 5000 }, (_, at) => `password_${at}`)
    const first = names.map(judgeName)
    expect(names.map(judgeName)).toEqual(first)
    expect([judgeName('api_key')?.kind, judgeName('author')]).toEqual(['key', null])
  })
})
