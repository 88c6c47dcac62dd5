import { describe, expect, it } from 'vitest'
import { signMessage } from '../../../src/core/signature/sign.ts'
import { verifySignature } from '../../../src/core/signature/verify.ts'
import { refusal } from '../../support/sealing.ts'
import { allowed, KINDS, newKey } from './keys.ts'

const message = Buffer.from('KEY=value\n')
const namespace = 'sealward-file@v1:größe/.env.encrypted'

describe('signMessage', () => {
  it.each(KINDS)('is reversed by verifySignature (%s)', (kind) => {
    const key = newKey(kind)
    const armored = signMessage({ message, namespace, key })
    const request = { message, armored, namespace, allowed: [allowed(key)], now: new Date(0) }
    expect(verifySignature(request)).toMatchObject({ kind: 'good', fingerprint: key.publicKey.fingerprint })
  })

  it('gives the same signature of the same for Ed25519, and prints it as ssh-keygen does', () => {
    const key = newKey('ed25519')
    const armored = signMessage({ message, namespace, key })
    expect(signMessage({ message, namespace, key })).toBe(armored)
    expect(armored).toMatch(
      /^-----BEGIN SSH SIGNATURE-----\n(?:[A-Za-z0-9+/]{70}\n)+[A-Za-z0-9+/=]{1,70}\n-----END SSH SIGNATURE-----\n$/,
    )
  })

  it('hands out no signature that is not right', async () => {
    const key = { ...newKey('ed25519'), privateKey: newKey('ed25519').privateKey }
    expect(await refusal(() => signMessage({ message, namespace, key }))).toMatchObject({ code: 'usage' })
  })
})
