import { describe, expect, it } from 'vitest'
import { readLogin, writeLogin } from '../../../src/core/credential/login-variables.ts'
import { Secret } from '../../../src/core/secret.ts'
import { codeOf } from '../../support/sealing.ts'

const URL_ONLY = { url: 'DATABASE_URL', user: null, password: null }
const ALL = { url: 'DATABASE_URL', user: 'DB_USER', password: 'DB_PASSWORD' }
const values = (more: Record<string, string> = {}) =>
  new Map(
    Object.entries({
      DATABASE_URL: 'postgres://app:p%40ss@h:5432/d?x=1',
      DB_USER: 'app',
      DB_PASSWORD: 'p@ss',
      ...more,
    }),
  )
const read = (variables: typeof ALL | typeof URL_ONLY, given = values()) => {
  const { user, password } = readLogin(variables, given, 'f').login
  return [user, password.reveal()]
}

describe('a login in the variables of a file', () => {
  it('is read from all of them, which have to agree', async () => {
    expect(read(URL_ONLY)).toEqual(['app', 'p@ss'])
    expect(read(ALL)).toEqual(['app', 'p@ss'])
    expect(read({ url: null, user: 'DB_USER', password: 'DB_PASSWORD' } as never)).toEqual(['app', 'p@ss'])
    expect(await codeOf(() => read(ALL, values({ DB_PASSWORD: 'older' })))).toBe('policy-invalid')
    expect(await codeOf(() => read(ALL, values({ DB_USER: 'other' })))).toBe('policy-invalid')
    expect(await codeOf(() => read(URL_ONLY, values({ DATABASE_URL: 'nothing of the kind' })))).toBe('policy-invalid')
    expect(await codeOf(() => read(URL_ONLY, values({ DATABASE_URL: 'postgres://app@h/d' })))).toBe('policy-invalid')
    expect(await codeOf(() => read(URL_ONLY, new Map()))).toBe('not-found')
  })

  it('is written into all of them, and comes back', () => {
    const login = { user: 'app_b', password: new Secret('ne/w') }
    const changed = writeLogin(ALL, { values: values(), login, file: 'f' })
    expect(changed.get('DATABASE_URL')).toBe('postgres://app_b:ne%2Fw@h:5432/d?x=1')
    expect(read(ALL, new Map([...values(), ...changed]))).toEqual(['app_b', 'ne/w'])
    expect([...writeLogin(URL_ONLY, { values: values(), login, file: 'f' }).keys()]).toEqual(['DATABASE_URL'])
  })
})
