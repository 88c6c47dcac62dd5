import { describe, expect, it } from 'vitest'
import { allowSigner, signersOf } from '../../../src/core/signature/signers.ts'
import { refusal } from '../../support/sealing.ts'
import { newKey, publicLine } from './keys.ts'

const key = newKey('ed25519')
const line = publicLine(key)

describe('a signer of sealward.yml', () => {
  it('is a line of OpenSSH, whose comment means nothing', () => {
    const signer = allowSigner('alice', `${line} mallory@example.com`)
    expect(signer).toEqual({ name: 'alice', key: expect.objectContaining({ fingerprint: key.publicKey.fingerprint }) })
  })

  it('may be limited to paths and days', () => {
    const text = { key: line, paths: ['staging/**'], 'valid-after': '2026-01-01', 'valid-before': '2027-01-01' }
    expect(allowSigner('alice', text)).toMatchObject({
      paths: ['staging/**'],
      validAfter: new Date('2026-01-01T00:00:00Z'),
      validBefore: new Date('2027-01-01T00:00:00Z'),
    })
  })

  it('has a key that can sign', async () => {
    const error = await refusal(() => allowSigner('alice', 'ssh-dss AAAA'))
    expect(error).toMatchObject({
      code: 'policy-invalid',
      message: 'the key of the signer alice is a DSA key, which is too weak',
    })
  })
})

it('a signer has no limit that is no date', async () => {
  for (const limit of ['valid-after', 'valid-before'])
    expect(await refusal(() => allowSigner('alice', { key: line, [limit]: '2026-13-01' }))).toMatchObject({
      code: 'policy-invalid',
    })
})

describe('those who may sign a path', () => {
  const everywhere = allowSigner('alice', line)
  const staging = allowSigner('bob', { key: line, paths: ['staging/**', 'test.env.encrypted'] })
  const nowhere = allowSigner('carol', { key: line, paths: [] })

  it.each([
    ['staging/.env.encrypted', ['alice', 'bob']],
    ['test.env.encrypted', ['alice', 'bob']],
    ['production/.env.encrypted', ['alice']],
    ['production/staging/.env.encrypted', ['alice']],
  ])('%s: %j', (path, names) => {
    expect(signersOf(path, [everywhere, staging, nowhere]).map(({ name }) => name)).toEqual(names)
  })
})
