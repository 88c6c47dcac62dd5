import { constants, createHash, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { TAG } from '../../../src/core/certificate/der/element.ts'
import { digestOf, verifySignature } from '../../../src/core/certificate/signature.ts'
import { elementOf, made, objectId, sequence } from './der/made.ts'

const PSS = '1.2.840.113549.1.1.10'
const algorithm = (id: string, ...parameters: Uint8Array[]) => elementOf(sequence(objectId(id), ...parameters))
/** The parameters of RSASSA-PSS with a hash, which an explicit tag is wrapped round. */
const hash = (id: string) => sequence(made(0xa0, sequence(objectId(id))))

describe('the digest of a signature algorithm', () => {
  it.each([
    ['SHA-256 with RSA', algorithm('1.2.840.113549.1.1.11'), 'sha256'],
    ['SHA-1 with RSA', algorithm('1.2.840.113549.1.1.5'), 'sha1'],
    ['Ed25519', algorithm('1.3.101.112'), 'none'],
    ['RSASSA-PSS that says SHA-384', algorithm(PSS, hash('2.16.840.1.101.3.4.2.2')), 'sha384'],
    ['RSASSA-PSS that says SHA-1', algorithm(PSS, hash('1.3.14.3.2.26')), 'sha1'],
    ['RSASSA-PSS that says nothing, which is SHA-1', algorithm(PSS, sequence()), 'sha1'],
    ['RSASSA-PSS without parameters', algorithm(PSS), 'sha1'],
    ['RSASSA-PSS with a hash that is not known', algorithm(PSS, hash('1.2.3')), 'unknown'],
    ['what is not in the table', algorithm('1.2.3'), 'unknown'],
    ['nothing', undefined, 'unknown'],
  ])('of %s', (_, element, digest) => {
    expect(digestOf(element)).toBe(digest)
  })
})

describe('a signature', () => {
  const body = Buffer.from('what is signed')
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const edwards = generateKeyPairSync('ed25519')
  const bits = (signature: Uint8Array) => elementOf(made(TAG.bitString, Uint8Array.of(0), signature))
  const pss = sign('sha256', body, { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING })

  it.each([
    ['with a digest', '1.2.840.113549.1.1.11', sign('sha256', body, rsa.privateKey), rsa.publicKey, true],
    ['over another digest', '1.2.840.113549.1.1.12', sign('sha256', body, rsa.privateKey), rsa.publicKey, false],
    ['without a digest', '1.3.101.112', sign(null, body, edwards.privateKey), edwards.publicKey, true],
    ['of something else', '1.3.101.112', sign(null, Buffer.of(1), edwards.privateKey), edwards.publicKey, false],
    ['by a key of another kind', '1.3.101.112', sign(null, body, edwards.privateKey), rsa.publicKey, false],
    ['with MD2, which no Node has', '1.2.840.113549.1.1.2', pss, rsa.publicKey, null],
    ['with RSASSA-PSS, which is not read', PSS, pss, rsa.publicKey, null],
    ['by an algorithm that is not known', '1.2.3', createHash('sha256').digest(), rsa.publicKey, null],
  ])('%s is right, wrong, or cannot be said: %s', (_, id, signature, key, verdict) => {
    expect(verifySignature({ body, algorithm: algorithm(id), signature: bits(signature) }, key)).toBe(verdict)
  })
})
