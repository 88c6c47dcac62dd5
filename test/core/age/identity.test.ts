import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { describe, expect, it } from 'vitest'
import { encodeBech32 } from '../../../src/core/age/bech32.ts'
import {
  generateIdentity,
  parseIdentities,
  printIdentityFile,
  recipientOf,
  scalarOf,
} from '../../../src/core/age/identity.ts'
import { Secret } from '../../../src/core/secret.ts'

const KINDS = ['x25519', 'hybrid'] as const
const classical = (await generateIdentity('x25519')).secret.reveal()
const quantum = (await generateIdentity('hybrid')).secret.reveal()

describe('an identity', () => {
  it.each(KINDS)('that was generated is read back as the same (%s)', async (kind) => {
    const identity = await generateIdentity(kind)
    expect(reveal(identity.secret.reveal())).toEqual([[kind, identity.secret.reveal()]])
    expect((await generateIdentity(kind)).secret.reveal()).not.toBe(identity.secret.reveal())
  })

  it.each(KINDS)('has the recipient that age-encryption derives (%s)', async (kind) => {
    for (let round = 0; round < 20; round++) {
      const text = await (kind === 'x25519' ? generateX25519Identity() : generateHybridIdentity())
      const [identity] = parseIdentities(text).identities
      expect(await recipientOf(identity!)).toEqual({ kind, text: await identityToRecipient(text) })
    }
  })

  it('never shows its key by accident', async () => {
    const identity = await generateIdentity('x25519')
    await recipientOf(identity)
    for (const shown of [inspect(identity, { depth: 9 }), JSON.stringify(identity), `${identity.secret}`])
      expect(shown).not.toContain(identity.secret.reveal().slice(20, 40))
  })

  it('is refused when its kind is not what its text says', async () => {
    const forged = { kind: 'x25519', secret: new Secret(quantum) } as const
    await expect(recipientOf(forged)).rejects.toMatchObject({ code: 'identity-invalid' })
    expect(() => scalarOf(forged)).toThrow(expect.objectContaining({ code: 'identity-invalid' }))
  })
})

describe('an identity file', () => {
  it('holds one a line, with comments, blank lines and line ends of either kind', () => {
    const file = `# created: today\r\n# public key: age1...\r\n${classical}\r\n\n  ${quantum}\t# the new one`
    expect(reveal(file)).toEqual([
      ['x25519', classical],
      ['hybrid', quantum],
    ])
  })

  it('may hold several a line, and a byte order mark', () => {
    expect(reveal(`\uFEFF${classical} ${quantum}\t${classical}`)).toHaveLength(3)
  })

  it('is what age-keygen prints, with the time in UTC', async () => {
    const [identity] = parseIdentities(classical).identities
    const recipient = await recipientOf(identity!)
    expect(printIdentityFile(identity!, recipient, new Date('2026-03-01T12:34:56.789+02:00'))).toBe(
      `# created: 2026-03-01T10:34:56Z\n# public key: ${recipient.text}\n${classical}\n`,
    )
  })

  it('is bounded', () => {
    expect(() => parseIdentities('#'.repeat(1024 * 1024 + 1))).toThrow('larger than 1 MiB')
  })

  it('may hold nothing', () => {
    expect(parseIdentities('\n# later\n')).toEqual({ identities: [], skipped: [] })
  })
})

describe('what is skipped in an identity file', () => {
  const plugin = encodeBech32('age-plugin-yubikey-', randomBytes(8)).toUpperCase()
  const fernet = randomBytes(32).toString('base64url').padEnd(44, '=')

  it.each([
    ['a mistyped identity', exchange(classical, 30), 'a damaged age identity (mistyped, or cut short in a copy)'],
    [
      'an identity that was cut short',
      classical.slice(0, -9),
      'a damaged age identity (mistyped, or cut short in a copy)',
    ],
    [
      'an identity of 31 bytes',
      encodeBech32('age-secret-key-', randomBytes(31)).toUpperCase(),
      'a damaged age identity (mistyped, or cut short in a copy)',
    ],
    ['an identity in lower case', classical.toLowerCase(), 'an age identity in lower case (it is written in capitals)'],
    ['an identity in quotes', `"${classical}"`, 'an age identity with something in front of it (a quote, a name?)'],
    ['an assignment', `KEY=${classical}`, 'an age identity with something in front of it (a quote, a name?)'],
    ['a plugin identity', plugin, 'an age plugin identity (AGE-PLUGIN-YUBIKEY)'],
    ['a mistyped plugin identity', exchange(plugin, plugin.length - 3), 'a damaged age plugin identity'],
    [
      'a plugin without a name',
      encodeBech32('age-plugin-', randomBytes(8)).toUpperCase(),
      'a damaged age plugin identity',
    ],
    ['a recipient', encodeBech32('age', randomBytes(32)), 'an age recipient (public), not an identity'],
    ['an SSH public key', 'ssh-ed25519 AAAA me@here', 'an SSH public key'],
    [
      'a Fernet key',
      fernet,
      'a Fernet key (44 characters of base64); files are opened by age identities: `sealward keygen`',
    ],
    ['a password', 'correct-horse', 'not an age identity'],
  ])('is described in words: %s', (_, line, words) => {
    expect(parseIdentities(`# one\n${line}\n${classical}`)).toMatchObject({
      identities: [{ kind: 'x25519' }],
      skipped: [`line 2: ${words}`],
    })
  })

  it.each([
    ['BEGIN AGE ENCRYPTED FILE', 'a passphrase-protected age file'],
    ['BEGIN OPENSSH PRIVATE KEY', 'an SSH private key'],
    ['BEGIN RSA PRIVATE KEY', 'a private key in PEM form, not an age identity'],
    ['BEGIN CERTIFICATE', 'a PEM block, not an age identity'],
  ])('is a whole block, up to its end: %s', (label, words) => {
    const block = `-----${label}-----\nAAAA\nBBBB==\n-----${label.replace('BEGIN', 'END')}-----`
    expect(parseIdentities(`${block}\n${classical}\n`)).toMatchObject({
      identities: [{ kind: 'x25519' }],
      skipped: [`line 1: ${words}`],
    })
  })

  it('is a block even after a byte order mark', () => {
    const { skipped } = parseIdentities('\uFEFF-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n')
    expect(skipped).toEqual(['line 1: an SSH private key'])
  })

  it('is all of a binary age file', () => {
    expect(parseIdentities('age-encryption.org/v1\n-> scrypt AAAA 18\nBBBB\n--- CCCC\n\u0000')).toEqual({
      identities: [],
      skipped: ['line 1: a passphrase-protected age file'],
    })
  })

  it('is one entry a line, and sixteen in all', () => {
    expect(parseIdentities('two words\n'.repeat(20)).skipped).toHaveLength(17)
    expect(parseIdentities('two words\n'.repeat(20)).skipped.at(-1)).toBe('and 4 more lines')
  })

  it('never holds anything of what was skipped', () => {
    const secrets = Array.from({ length: 12 }, () => randomBytes(24).toString('base64url'))
    const lines = secrets.flatMap((secret) => [secret, `AGE-PLUGIN-${secret}`, `AGE-SECRET-KEY-1${secret}`])
    const { skipped } = parseIdentities(lines.join('\n'))
    for (const secret of secrets)
      expect(skipped.join('\n').toLowerCase()).not.toContain(secret.slice(0, 6).toLowerCase())
  })
})

function reveal(file: string): [string, string][] {
  const { identities, skipped } = parseIdentities(file)
  expect(skipped).toEqual([])
  return identities.map(({ kind, secret }) => [kind, secret.reveal()])
}

function exchange(text: string, index: number): string {
  return text.slice(0, index) + (text[index] === 'Q' ? 'P' : 'Q') + text.slice(index + 1)
}
