import { describe, expect, it } from 'vitest'
import { signMessage } from '../../../../src/core/signature/sign.ts'
import { namespaceOf } from '../../../../src/core/signature/subject.ts'
import { checkSignature, requireSignature, type SignatureCheck } from '../../../../src/tasks/steps/trust/signature.ts'
import { allowed, newKey } from '../../../core/signature/keys.ts'
import { memoryFiles } from '../../../fakes/memory-files.ts'
import { refusal } from '../../../support/sealing.ts'

const key = newKey('ed25519')
const bytes = Buffer.from('KEY=ENC[...]\nsops_version=3.13.0\n')
const check: SignatureCheck = {
  path: 'work/production.env.encrypted',
  name: 'production.env.encrypted',
  bytes,
  signers: [allowed(key)],
  now: new Date('2026-06-01T00:00:00Z'),
}
const signature = signMessage({ message: bytes, namespace: namespaceOf(check.name), key })

/** A world whose one file is the signature. */
function world(text: string | null = signature, path = 'work/production.env.encrypted.sig') {
  return { files: memoryFiles(new Map(text === null ? [] : [[path, Buffer.from(text, 'latin1')]])) }
}

describe('the signature of a file', () => {
  it('is good beside the file, by the one who may', async () => {
    const good = { kind: 'good', signer: 'alice', fingerprint: key.publicKey.fingerprint }
    expect(await checkSignature(check, world())).toEqual(good)
    expect(await requireSignature(check, world())).toEqual(good)
  })

  it('is good in a checkout with other line ends', async () => {
    const converted = { ...check, bytes: Buffer.from(bytes.toString().replaceAll('\n', '\r\n')) }
    expect(await checkSignature(converted, world(signature.replaceAll('\n', '\r\n')))).toMatchObject({ kind: 'good' })
  })

  it('is missing where it does not stand beside the file', async () => {
    expect(await checkSignature(check, world(null))).toEqual({ kind: 'missing' })
    expect(await checkSignature(check, world(signature, 'production.env.encrypted.sig'))).toEqual({ kind: 'missing' })
    expect(await refusal(() => requireSignature(check, world(null)))).toMatchObject({
      code: 'signature-missing',
      file: 'work/production.env.encrypted',
      hint: expect.stringContaining('sealward sign'),
    })
  })

  it('is bad for a file that was changed, or stands where another should', async () => {
    for (const other of [{ bytes: Buffer.from('KEY=other\n') }, { name: 'staging.env.encrypted' }])
      expect(await refusal(() => requireSignature({ ...check, ...other }, world()))).toMatchObject({
        code: 'signature-invalid',
        file: 'work/production.env.encrypted.sig',
      })
  })

  it('is refused by a key that is not listed, with its fingerprint', async () => {
    const error = await refusal(() => requireSignature({ ...check, signers: [allowed(newKey('ed25519'))] }, world()))
    expect(error).toMatchObject({
      code: 'signer-unknown',
      message: `the key ${key.publicKey.fingerprint} is not listed`,
    })
    expect(error.hint).toContain('list of signers')
  })

  it('is refused by a key that is listed no longer, and where nobody is listed', async () => {
    const former = { ...check, signers: [allowed(key, { validBefore: new Date('2026-05-31T00:00:00Z') })] }
    expect(await refusal(() => requireSignature(former, world()))).toMatchObject({ code: 'signer-unknown' })
    const error = await refusal(() => requireSignature({ ...check, signers: [] }, world()))
    expect(error).toMatchObject({ code: 'signer-unknown', hint: 'nobody is listed as a signer of this file' })
  })

  it('is bounded', async () => {
    expect(await refusal(() => checkSignature(check, world('A'.repeat(40_000))))).toMatchObject({ code: 'limit' })
  })

  it('says nothing of what a bad signature holds', async () => {
    const error = await refusal(() => requireSignature(check, world('::set-env name=X::evil')))
    expect(`${error.message}${error.hint}`).not.toContain('evil')
  })
})
