import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { askHidden } from '../../../src/adapters/keys/hidden-input.ts'
import { type AskHidden, openPassphrases } from '../../../src/adapters/keys/passphrases.ts'
import { keyPlaces } from '../../../src/adapters/keys/places.ts'
import { generateIdentity } from '../../../src/core/age/identity.ts'
import { protect } from '../../../src/core/age/passphrase.ts'
import { Secret } from '../../../src/core/secret.ts'
import { codeOf, refusal } from '../../support/sealing.ts'

const folder = mkdtempSync(join(tmpdir(), 'sealward-passphrases-'))
afterAll(() => rmSync(folder, { recursive: true }))

const QUICK = 10
const key = `${(await generateIdentity('x25519')).secret.reveal()}\n`
const armored = await protect(key, new Secret('right'), QUICK)
const platform = 'linux'

/** Somebody who answers, and what was asked. */
function person(...answers: (string | null)[]): { ask: AskHidden; asked: string[] } {
  const asked: string[] = []
  const ask: AskHidden = async (question) => {
    asked.push(question)
    return answers.shift() ?? null
  }
  return { ask, asked }
}

const secret = async (found: Promise<Secret | null>) => (await found)?.reveal() ?? null
const file = (name: string, text: string | Uint8Array) => {
  writeFileSync(join(folder, name), text, { mode: 0o600 })
  return join(folder, name)
}

describe('a passphrase', () => {
  it.each([
    ['right', 'right'],
    ['right\n', 'right'],
    ['right\r\n', 'right'],
    [' two words \n\n', ' two words \n'],
  ])('is in the file that is named, without one line end: %j', async (text, expected) => {
    const env = { SEALWARD_KEY_PASSPHRASE_FILE: file('phrase', text), SEALWARD_KEY_PASSPHRASE_CMD: 'false' }
    const { ask, asked } = person('other')
    const passphrases = openPassphrases({ env, platform, ask })
    expect(await secret(passphrases.ask('k', 0))).toBe(expected)
    expect(await secret(passphrases.invent('k'))).toBe(expected)
    expect(await secret(passphrases.ask('k', 1))).toBeNull()
    expect(asked).toEqual([])
  })

  it('is what the command prints', async () => {
    const env = { SEALWARD_KEY_PASSPHRASE_CMD: `'${process.execPath}' -p process.env.P`, P: 'right' }
    expect(await secret(openPassphrases({ env, platform }).ask('k', 0))).toBe('right')
  })

  it('that should be somewhere and is not is an error, and nobody is asked instead', async () => {
    for (const env of [
      { SEALWARD_KEY_PASSPHRASE_FILE: join(folder, 'none') },
      { SEALWARD_KEY_PASSPHRASE_FILE: file('empty', '\n') },
      { SEALWARD_KEY_PASSPHRASE_CMD: 'false' },
      { SEALWARD_KEY_PASSPHRASE_CMD: "'" },
    ])
      expect(await codeOf(() => openPassphrases({ env, platform, ask: person('x').ask }).ask('k', 0))).toBe('not-found')
  })

  it('that cannot be had says why', async () => {
    const why = async (env: Record<string, string>) =>
      (await refusal(() => openPassphrases({ env, platform }).ask('k', 0))).message
    expect(await why({ SEALWARD_KEY_PASSPHRASE_FILE: join(folder, 'none') })).toMatch(/cannot be read \(ENOENT\)$/)
    expect(await why({ SEALWARD_KEY_PASSPHRASE_CMD: "'" })).toMatch(/^SEALWARD_KEY_PASSPHRASE_CMD: .* is not closed$/)
    expect(await why({ SEALWARD_KEY_PASSPHRASE_CMD: 'true' })).toMatch(/gives no passphrase$/)
  })

  it('is asked for by the name of what it opens, and again where it was wrong', async () => {
    const { ask, asked } = person('one', 'two', '')
    const passphrases = openPassphrases({ env: {}, platform, ask })
    expect([await secret(passphrases.ask('~/k', 0)), await secret(passphrases.ask('~/k', 1))]).toEqual(['one', 'two'])
    expect(await passphrases.ask('~/k', 2)).toBeNull()
    expect(asked).toEqual(['passphrase of ~/k: ', ...Array(2).fill('that was wrong; passphrase of ~/k: ')])
  })

  it('that is new is said twice, the same, and is not empty', async () => {
    const invent = (...answers: (string | null)[]) =>
      openPassphrases({ env: {}, platform, ask: person(...answers).ask }).invent('k')
    expect(await secret(invent('one', 'one'))).toBe('one')
    for (const answers of [['one', 'two'], ['one', null], [''], [null]])
      expect(await codeOf(() => invent(...answers))).toBe('usage')
    expect(await codeOf(() => openPassphrases({ env: {}, platform }).invent('k'))).toBe('usage')
  })
})

describe('a place whose key has a passphrase', () => {
  const places = (given: object) => keyPlaces({ env: {}, platform, home: folder, ...given }).places()

  it('gives the key, armored or binary, wherever it is, and asks once', async () => {
    const { armor } = await import('age-encryption')
    const binary = file('binary', armor.decode(armored))
    for (const [name, given] of [
      ['SEALWARD_KEY', { env: { SEALWARD_KEY: armored } }],
      ['SOPS_AGE_KEY_FILE', { env: { SOPS_AGE_KEY_FILE: binary } }],
      [`-i ${binary}`, { identityFiles: [binary] }],
    ] as const) {
      const { ask, asked } = person('right')
      const place = places({ ...given, ask }).find((one) => one.name === name)!
      expect([(await place.read())?.text, (await place.read())?.text]).toEqual([key, key])
      expect(asked).toEqual([`passphrase of ${name}: `])
    }
  })

  it('is skipped with a warning that says what next where nobody says it, and is an error behind -i', async () => {
    const [place] = places({ env: { SEALWARD_KEY: armored } })
    const found = await place!.read()
    expect([found?.text, found?.warning]).toEqual(['', expect.stringContaining('SEALWARD_KEY_PASSPHRASE_FILE')])
    const path = file('armored', armored)
    const given = places({ identityFiles: [path] })[0]!
    expect(await refusal(() => given.read())).toMatchObject({ code: 'no-identity', file: path })
    const wrong = places({ identityFiles: [path], ask: person('a', 'b', 'c').ask })[0]!
    expect((await refusal(() => wrong.read())).code).toBe('identity-invalid')
  })
})

it('nobody is asked in CI, nor behind a pager of git, whatever terminal there is', async () => {
  for (const name of ['CI', 'GIT_PAGER_IN_USE']) expect(await askHidden('? ', { env: { [name]: 'true' } })).toBeNull()
})
