import { describe, expect, it } from 'vitest'
import { signMessage } from '../../../src/core/signature/sign.ts'
import type { AllowedSigner } from '../../../src/core/signature/signers.ts'
import { isSignature } from '../../../src/core/signature/ssh/sshsig.ts'
import { type SignatureVerdict, verifySignature } from '../../../src/core/signature/verify.ts'
import { allowed, newKey } from './keys.ts'
import { SECURITY_KEYS } from './security-key.ts'

const namespace = 'sealward-file@v1:.env.encrypted'
const message = Buffer.from('KEY=value\n')
const key = newKey('ed25519')
const other = newKey('ed25519')
const { fingerprint } = key.publicKey
const armored = signMessage({ message, namespace, key })

function judge(signers: readonly AllowedSigner[], at = '2026-06-15T12:00:00Z'): SignatureVerdict {
  return verifySignature({ message, armored, namespace, allowed: signers, now: new Date(at) })
}

describe('who may sign', () => {
  it('is nobody when nobody is listed', () => {
    expect(judge([])).toEqual({ kind: 'not-allowed', fingerprint, why: 'is not listed' })
  })

  it('is not whoever else is listed', () => {
    expect(judge([allowed(other)])).toEqual({ kind: 'not-allowed', fingerprint, why: 'is not listed' })
  })

  it('is each one who is listed, by the name of the entry that lets them', () => {
    expect(judge([allowed(other, { name: 'bob' }), allowed(key)])).toEqual({
      kind: 'good',
      signer: 'alice',
      fingerprint,
    })
  })

  it.each([
    ['2026-06-15T11:59:59.999Z', 'not-allowed'],
    ['2026-06-15T12:00:00Z', 'good'],
    ['2026-06-16T11:59:59.999Z', 'good'],
    ['2026-06-16T12:00:00Z', 'not-allowed'],
  ])('is a signer of a day at %s: %s', (at, kind) => {
    const limits = { validAfter: new Date('2026-06-15T12:00:00Z'), validBefore: new Date('2026-06-16T12:00:00Z') }
    expect(judge([allowed(key, limits)], at).kind).toBe(kind)
  })

  it('is who has one entry that has run out and one that has not', () => {
    const past = allowed(key, { name: 'past', validBefore: new Date('2026-01-01T00:00:00Z') })
    expect(judge([past, allowed(key)])).toMatchObject({ kind: 'good', signer: 'alice' })
    expect(judge([past])).toMatchObject({ why: 'was listed as past, until 2026-01-01T00:00:00.000Z' })
    const future = allowed(key, { name: 'soon', validAfter: new Date('2027-01-01T00:00:00Z') })
    expect(judge([future])).toMatchObject({ why: 'is listed as soon, from 2027-01-01T00:00:00.000Z on' })
  })

  it('is limited by the namespaces of OpenSSH', () => {
    expect(judge([allowed(key, { namespaces: 'git,sealward-file@v1:*' })]).kind).toBe('good')
    expect(judge([allowed(key, { namespaces: 'git' })])).toMatchObject({ why: 'is listed as alice, for other files' })
  })

  it('matters only for a signature that is right', () => {
    const verdict = verifySignature({ message: Buffer.from('x'), armored, namespace, allowed: [], now: new Date(0) })
    expect(verdict.kind).toBe('bad')
  })
})

describe.each(Object.entries(SECURITY_KEYS))('a security key (%s)', (_, make) => {
  const securityKey = make()
  const signers = [{ name: 'alice', key: securityKey.publicKey }]
  const verdict = (flags: number, made = securityKey) =>
    verifySignature({
      message,
      armored: made.sign(message, namespace, { flags }),
      namespace,
      allowed: signers,
      now: new Date(0),
    })

  it('signs when it is touched, with or without a PIN', () => {
    expect(verdict(1).kind).toBe('good')
    expect(verdict(5).kind).toBe('good')
  })

  it('does not when nobody touched it, whatever else its user did', () => {
    const why = 'was made by a security key that nobody touched'
    expect(verdict(0)).toEqual({ kind: 'bad', why })
    expect(verdict(4)).toEqual({ kind: 'bad', why })
  })

  it('is another key for another application', () => {
    expect(verdict(1, make('ssh:other')).kind).toBe('not-allowed')
  })
})

describe('isSignature', () => {
  it('knows a whole signature, whatever it signs', () => {
    expect(isSignature(armored)).toBe(true)
    expect(isSignature(armored.replaceAll('\n', '\r\n'))).toBe(true)
  })

  it('knows nothing else, with a signature in it or without', () => {
    for (const text of [
      '',
      'KEY=value\n',
      `${armored}KEY=value\n`,
      `#\n${armored}`,
      armored.replace(/U1NIU0lH/, 'AAAAAAAA'),
    ])
      expect(isSignature(text)).toBe(false)
  })
})
