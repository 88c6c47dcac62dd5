import { describe, expect, it } from 'vitest'
import { parseRecipient } from '../../../src/core/age/recipient.ts'
import { envelopeOf, envelopeOfSops } from '../../../src/core/policy/envelope.ts'
import { parsePolicy } from '../../../src/core/policy/policy.ts'
import { madeUpData, madeUpPrivateKey, madeUpRecipient, realRecipient } from './recipients.ts'

const ALICE = await realRecipient()
const DEFAULT = { rule: { kind: 'unencrypted_suffix', pattern: '_unencrypted' }, macOnlyEncrypted: false }

function fromPolicy(text: string, path = '.env.encrypted') {
  return envelopeOf(parsePolicy(text, 'sealward.yml'), path)
}

function fromSops(text: string, relative = '.env.encrypted') {
  return envelopeOfSops({ file: '.sops.yaml', bytes: new TextEncoder().encode(text), relative })
}

describe('the envelope that sealward.yml wants', () => {
  it('has the recipients and the rule of the file', async () => {
    const text = `files: [{ path: "*", recipients: [${ALICE}], encryption: { encrypted-regex: ^S, mac-only-encrypted: true } }]`
    expect(await fromPolicy(text)).toEqual({
      recipients: [parseRecipient(ALICE)],
      rule: { kind: 'encrypted_regex', pattern: '^S' },
      macOnlyEncrypted: true,
    })
  })

  it('has everybody and the default rule where no file rule means it', async () => {
    const recipients = [parseRecipient(ALICE)]
    expect(await fromPolicy(`recipients: { alice: ${ALICE} }`)).toEqual({ recipients, ...DEFAULT })
  })

  it('is null when the policy says nothing of it, and without recipients when it only says how', async () => {
    expect(await fromPolicy('files: [{ path: other }]')).toBeNull()
    expect(await fromPolicy('files: [{ path: "*" }]')).toEqual({ recipients: [], ...DEFAULT })
  })

  it.each([
    ['a wrong checksum', madeUpRecipient()],
    ['a plugin', `age1yubikey1${madeUpData(40)}`],
  ])('is refused for a recipient of %s, at the line of its rule', async (_, recipient) => {
    const refused = fromPolicy(`\nfiles:\n  - path: "*"\n    recipients: [${recipient}]`)
    await expect(refused).rejects.toMatchObject({ code: 'recipient-invalid', file: 'sealward.yml', line: 3 })
  })

  it('is refused for an expression that is not RE2', async () => {
    const text = `files:\n  - { path: "*", recipients: [${ALICE}], encryption: { encrypted-regex: (?=S) } }`
    await expect(fromPolicy(text)).rejects.toMatchObject({ code: 'policy-invalid', file: 'sealward.yml', line: 2 })
  })
})

describe('the envelope that .sops.yaml wants', () => {
  it('has the recipients and the rule of the first creation rule that is for the file', async () => {
    const text = `creation_rules: [{ path_regex: zz }, { age: "${ALICE}", encrypted_suffix: _S, mac_only_encrypted: true }]`
    expect(await fromSops(text)).toEqual({
      recipients: [parseRecipient(ALICE)],
      rule: { kind: 'encrypted_suffix', pattern: '_S' },
      macOnlyEncrypted: true,
    })
    expect(await fromSops(`creation_rules: [{ age: ${ALICE} }]`)).toMatchObject(DEFAULT)
  })

  it('is null when no creation rule is for the file', async () => {
    expect(await fromSops('creation_rules: [{ path_regex: zz }]')).toBeNull()
    expect(await fromSops('')).toBeNull()
  })

  it('is refused by name where keys are asked for that Sealward does not have', async () => {
    await expect(fromSops(`creation_rules:\n  - { age: ${ALICE}, kms: x, pgp: y }`)).rejects.toMatchObject({
      code: 'unsupported',
      message: 'the creation rule asks for kms, pgp',
      file: '.sops.yaml',
      line: 2,
    })
  })

  it.each([
    ['policy-invalid', () => `creation_rules:\n  - { age: ${ALICE}, unencrypted_regex: "a++" }`],
    ['recipient-invalid', () => 'creation_rules:\n  - age: ssh-ed25519 AAAA'],
    ['recipient-invalid', () => `creation_rules:\n  - age: ${madeUpPrivateKey()}`],
  ])('is refused as %s with the line of the creation rule, and repeats nothing', async (code, text) => {
    const error = await fromSops(text()).catch((refused: unknown) => refused)
    expect(error).toMatchObject({ code, file: '.sops.yaml', line: 2 })
    expect(JSON.stringify(error)).not.toMatch(/AGE-SECRET-KEY-1|AAAA|\+\+/)
  })
})
