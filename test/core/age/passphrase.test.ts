import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { armor, Decrypter, Encrypter } from 'age-encryption'
import { describe, expect, it } from 'vitest'
import { generateIdentity, recipientOf } from '../../../src/core/age/identity.ts'
import { openProtected, openWithPassphrase, protect } from '../../../src/core/age/passphrase.ts'
import { SealwardError } from '../../../src/core/errors.ts'
import { Secret } from '../../../src/core/secret.ts'
import { findPeer, inCI } from '../../peers.ts'
import { refusal } from '../../support/sealing.ts'

const QUICK = 10
const TEXT = '# a key\nAGE-SECRET-KEY-...\n'
const say = (passphrase: string) => async () => new Secret(passphrase)
const nobody = async () => null

describe('a file with a passphrase', () => {
  it('opens as what it was, armored or binary, and age-encryption opens it too', async () => {
    const armored = await protect(TEXT, new Secret('open sesame'), QUICK)
    const binary = Buffer.from(armor.decode(armored)).toString('latin1')
    for (const text of [armored, `\n${armored}`, armored.replaceAll('\n', '\r\n'), binary])
      expect(await openProtected(text, say('open sesame'))).toBe(TEXT)
    const decrypter = new Decrypter()
    decrypter.addPassphrase('open sesame')
    expect(await decrypter.decrypt(armor.decode(armored), 'text')).toBe(TEXT)
  })

  it('takes the work that age takes where nothing else is said', async () => {
    const armored = await protect(TEXT, new Secret('x'))
    expect(Buffer.from(armor.decode(armored)).toString('latin1')).toMatch(/^-> scrypt \S+ 18$/m)
  })

  it('is asked for up to three times', async () => {
    const armored = await protect(TEXT, new Secret('right'), QUICK)
    const attempts: number[] = []
    const answers = ['wrong', 'Right', 'right']
    const ask = async (attempt: number) => {
      attempts.push(attempt)
      return new Secret(answers[attempt]!)
    }
    expect(await openProtected(armored, ask)).toBe(TEXT)
    expect(attempts).toEqual([0, 1, 2])
    expect((await refusal(() => openProtected(armored, say('wrong')))).code).toBe('identity-invalid')
    const oneOnly = async (attempt: number) => (attempt === 0 ? new Secret('wrong') : null)
    expect((await refusal(() => openProtected(armored, oneOnly))).code).toBe('identity-invalid')
  })

  it('does not open where nobody says it, and the error says what next', async () => {
    const armored = await protect(TEXT, new Secret('right'), QUICK)
    const { code, hint } = await refusal(() => openProtected(armored, nobody))
    expect([code, hint]).toEqual(['no-identity', expect.stringContaining('SEALWARD_KEY_PASSPHRASE_FILE')])
  })

  it('is refused before any work where it asks for more than age allows, or breaks the grammar', async () => {
    const file = (stanza: string) =>
      Buffer.from(`age-encryption.org/v1\n-> ${stanza}\n${'A'.repeat(43)}\n--- ${'A'.repeat(43)}\n${'x'.repeat(40)}`)
    const salt = 'AAAAAAAAAAAAAAAAAAAAAA'
    const asked: number[] = []
    const ask = async (attempt: number) => {
      asked.push(attempt)
      return null
    }
    for (const [stanza, code] of [
      [`scrypt ${salt} 23`, 'limit'],
      [`scrypt ${salt} 99`, 'limit'],
      [`scrypt ${salt} 018`, 'malformed'],
      [`scrypt ${salt} 100`, 'malformed'],
      [`scrypt ${salt} 1e1`, 'malformed'],
      [`scrypt ${salt}`, 'malformed'],
      [`scrypt ${salt}A 18`, 'malformed'],
      ['X25519 AAAA', 'unsupported'],
    ] as const)
      expect((await refusal(() => openWithPassphrase(file(stanza), ask))).code, stanza).toBe(code)
    expect(asked).toEqual([])
    expect((await refusal(() => openWithPassphrase(file(`scrypt ${salt} 22`), ask))).code).toBe('no-identity')
  })

  it('is not one that is encrypted to recipients', async () => {
    const encrypter = new Encrypter()
    encrypter.addRecipient((await recipientOf(await generateIdentity('x25519'))).text)
    const file = await encrypter.encrypt(TEXT)
    expect((await refusal(() => openWithPassphrase(file, nobody))).code).toBe('unsupported')
  })
})

const folder = findPeer('cctv-age')

describe.skipIf(folder === null && !inCI)('the scrypt vectors of C2SP/CCTV (needs cctv-age)', () => {
  const names = folder === null ? [] : readdirSync(folder).filter((name) => /(?:^|_)scrypt/.test(name))

  it('are all at hand', () => {
    expect(names.length).toBeGreaterThanOrEqual(26)
  })

  it.each(names)('judges %s as expected', async (name) => {
    const content = readFileSync(join(folder!, name))
    const end = content.indexOf('\n\n')
    const head = content.toString('utf8', 0, end)
    const field = (key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(head)?.[1]
    const body = content.subarray(end + 2)
    const [expected, passphrase] = [field('expect'), field('passphrase') ?? 'none']
    const verdict = await judge(body.toString('latin1'), passphrase)
    if (expected === 'success') expect(verdict).toBe(field('payload'))
    else if (expected === 'no match') expect(verdict).toMatch(/^(?:identity-invalid|unsupported)$/)
    else expect(verdict).toMatch(/^(?:malformed|limit|unsupported|identity-invalid)$/)
  })
})

/** The SHA-256 of the payload, or the code of the error. */
async function judge(text: string, passphrase: string): Promise<string> {
  try {
    return createHash('sha256')
      .update(await openProtected(text, say(passphrase)))
      .digest('hex')
  } catch (error) {
    if (error instanceof SealwardError) return error.code
    throw error
  }
}
