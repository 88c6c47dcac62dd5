import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SealwardError } from '../../../src/core/errors.ts'
import { newDotenvxKey, openEcies, parseDotenvxKey, sealEcies } from '../../../src/core/interchange/dotenvx/ecies.ts'
import { isDotenvx, openDotenvx, sealDotenvx } from '../../../src/core/interchange/dotenvx/file.ts'
import { keySuffixOf, parseDotenvxKeys } from '../../../src/core/interchange/dotenvx/keys.ts'
import { documentOf, variablesOf } from '../../support/documents.ts'
import { bytesOf, codeOf, refusal } from '../../support/sealing.ts'

const key = newDotenvxKey()
const hex = key.scalar.toString('hex')

describe('a value of dotenvx', () => {
  it('gives back what was sealed, to its key alone', () => {
    const other = newDotenvxKey()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (plaintext) => {
        const message = sealEcies(plaintext, key)
        expect(openEcies(message, key)).toEqual(Buffer.from(plaintext))
        expect(openEcies(message, other)).toBeNull()
      }),
    )
  })

  it('does not open when any byte behind its point was changed', () => {
    const message = sealEcies(Buffer.from('text'), key)
    for (let at = 65; at < message.length; at += 1) {
      const altered = Buffer.from(message)
      altered[at]! ^= 1
      expect(openEcies(altered, key)).toBeNull()
    }
  })

  it('that is cut short, or whose point is not on the curve, is malformed', async () => {
    const message = sealEcies(Buffer.from('text'), key)
    const off = Buffer.from(message)
    off[64]! ^= 1
    for (const broken of [Buffer.alloc(0), message.subarray(0, 96), Buffer.alloc(97, 4), off])
      expect(await codeOf(() => openEcies(broken, key))).toBe('malformed')
  })
})

describe('private keys of dotenvx', () => {
  it('are 64 digits within the order of the curve', () => {
    expect(parseDotenvxKey(hex)?.publicKey).toBe(key.publicKey)
    for (const text of ['', hex.slice(1), `${hex}0`, '0'.repeat(64), 'f'.repeat(64), `0x${hex.slice(2)}`])
      expect(parseDotenvxKey(text)).toBeNull()
  })

  it('are read from every line of a key file, several on a line too', () => {
    const other = newDotenvxKey().scalar.toString('hex')
    const text = `#/ banner\nDOTENV_PRIVATE_KEY="${hex}"\nexport DOTENV_PRIVATE_KEY_CI='${other},${hex}'\nX=${hex}\nDOTENV_PRIVATE_KEY_BAD=12\n`
    expect(parseDotenvxKeys(text).map(({ name }) => name)).toEqual([
      'DOTENV_PRIVATE_KEY',
      'DOTENV_PRIVATE_KEY_CI',
      'DOTENV_PRIVATE_KEY_CI',
    ])
    expect(parseDotenvxKeys(`DOTENV_PRIVATE_KEY=${Array(80).fill(hex).join(',')}`)).toHaveLength(64)
  })

  it.each([
    ['.env', ''],
    ['a/.env.production', '_PRODUCTION'],
    ['.env.my-app.local', '_MY_APP_LOCAL'],
    ['.env.txt', ''],
    ['config.env', ''],
  ])('of %s have the suffix %j', (path, suffix) => expect(keySuffixOf(path)).toBe(suffix))
})

describe('a .env of dotenvx', () => {
  const given = documentOf({ A: '1', B: `it's "x"\n$Y`, EMPTY: '', UNI: 'é🔑' })

  it('opens to the variables that were sealed, without the lines of dotenvx', () => {
    const text = `#/---[banner]---/\n${sealDotenvx(given, key, '_CI')}# kept\nPLAIN=p\n`
    expect(isDotenvx(text)).toBe(true)
    const opened = openDotenvx(bytesOf(text), [newDotenvxKey(), key])!
    expect(variablesOf(opened.document)).toEqual({ ...variablesOf(given), PLAIN: 'p' })
    expect(opened.document.filter(({ kind }) => kind === 'comment')).toEqual([{ kind: 'comment', text: ' kept' }])
    expect(opened.expandable).toEqual(['B'])
  })

  it('opens without a public key in it, each value with the key that fits', () => {
    const other = newDotenvxKey()
    const two = `${sealDotenvx(given, key, '')}${sealDotenvx(documentOf({ Z: 'z' }), other, '_Z')}`
    const text = two.replace(/^DOTENV_PUBLIC_KEY.*$/gm, '#/usr/bin')
    const opened = openDotenvx(bytesOf(text), [newDotenvxKey(), other, key])!
    expect(variablesOf(opened.document)).toEqual({ ...variablesOf(given), Z: 'z' })
    expect(opened.document[0]).toEqual({ kind: 'comment', text: '/usr/bin' })
  })

  it('opens with none of the wrong keys', () => {
    expect(openDotenvx(bytesOf(sealDotenvx(given, key, '')), [newDotenvxKey()])).toBeNull()
    expect(openDotenvx(bytesOf(sealDotenvx(given, key, '')), [])).toBeNull()
  })

  it('is written without comments, which dotenvx would leave in plain text', () => {
    expect(sealDotenvx([{ kind: 'comment', text: ' OLD=hunter2' }, ...given], key, '')).not.toContain('OLD')
  })

  it('is not written with a name that dotenvx keeps for itself', async () => {
    expect(await codeOf(() => sealDotenvx(documentOf({ DOTENV_PRIVATE_KEY: 'x' }), key, ''))).toBe('name-invalid')
  })

  it('with a broken value is refused by name, without the value', async () => {
    const error = await refusal(() => openDotenvx(bytesOf('PASSWORD=encrypted:hunter2!'), [key]))
    expect(error).toMatchObject({ code: 'malformed' })
    expect(error.message).toContain('PASSWORD')
    expect(error.message).not.toContain('hunter2')
  })

  it('of any content is read or refused', () => {
    const sealed = sealDotenvx(documentOf({ A: 'x' }), key, '')
    fc.assert(
      fc.property(fc.nat(sealed.length), fc.string({ maxLength: 4 }), (at, text) => {
        try {
          openDotenvx(bytesOf(sealed.slice(0, at) + text + sealed.slice(at + 1)), [key])
        } catch (error) {
          expect(error).toBeInstanceOf(SealwardError)
        }
      }),
    )
  })

  it('is told from any other text in linear time', () => {
    const start = performance.now()
    expect(isDotenvx(`${' '.repeat(1_000_000)}A`)).toBe(false)
    expect(isDotenvx('A'.repeat(1_000_000))).toBe(false)
    expect(isDotenvx(`A=${'encrypted:'.repeat(100_000)}`)).toBe(false)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
