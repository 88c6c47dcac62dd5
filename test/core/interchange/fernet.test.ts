import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SealwardError } from '../../../src/core/errors.ts'
import {
  fernetFormOf,
  openFernetFile,
  sealFernetFile,
  sealFernetJson,
} from '../../../src/core/interchange/fernet/file.ts'
import { parseFernetKeys } from '../../../src/core/interchange/fernet/key.ts'
import { looksLikeToken, openToken, sealToken } from '../../../src/core/interchange/fernet/token.ts'
import { documentOf, variablesOf } from '../../support/documents.ts'
import { newFernetKey } from '../../support/foreign-files.ts'
import { bytesOf, codeOf, refusal } from '../../support/sealing.ts'

/** The key and the tokens of the Fernet specification: generate.json, verify.json and invalid.json. */
const SPEC_KEY = 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4='
const SPEC_TOKEN =
  'gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA=='
const HEAD = 'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD'
const INVALID: readonly (readonly [string, string, string | null])[] = [
  ['incorrect mac', `${HEAD}3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykQUFBQUFBQUFBQQ==`, null],
  ['too short', `${HEAD}3HkMATM5lFqGaerZ-fWPA==`, 'malformed'],
  [
    'invalid base64',
    '%%%%%%%%%%%%%AECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==',
    'malformed',
  ],
  [
    'payload size not multiple of block size',
    `${HEAD}3HkMATM5lFqGaerZ-fWPOm73QeoCk9uGib28Xe5vz6oxq5nmxbx_v7mrfyudzUm`,
    'malformed',
  ],
  [
    'payload padding error',
    `${HEAD}z4LEpdELGQAad7aNEHbf-JkLPIpuiYRLQ3RtXatOYREu2FWke6CnJNYIbkuKNqOhw==`,
    'value-not-authentic',
  ],
  [
    'incorrect IV (causes padding error)',
    'gAAAAAAdwJ6xBQECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAkLhFLHpGtDBRLRTZeUfWgHSv49TF2AUEZ1TIvcZjK1zQ==',
    'value-not-authentic',
  ],
]

const specKeys = parseFernetKeys(SPEC_KEY)
const NOW = new Date('1985-10-26T08:20:00Z')

describe('a Fernet token', () => {
  it('opens as the specification says', () => {
    expect(openToken(SPEC_TOKEN, specKeys)?.toString()).toBe('hello')
  })

  it.each(INVALID)('is refused as the specification says: %s', async (_, token, code) => {
    if (code === null) expect(openToken(token, specKeys)).toBeNull()
    else expect(await codeOf(() => openToken(token, specKeys))).toBe(code)
  })

  it('carries version and time as the specification does', () => {
    const sealed = Buffer.from(sealToken(Buffer.from('hello'), specKeys[0]!, NOW), 'base64url')
    expect(sealed.subarray(0, 9)).toEqual(Buffer.from(SPEC_TOKEN, 'base64url').subarray(0, 9))
    expect(sealed.length).toBe(Buffer.from(SPEC_TOKEN, 'base64url').length)
  })

  it('gives back what was sealed, to its key alone, and never two equal tokens', () => {
    const [one, other] = parseFernetKeys(`${newFernetKey()},${newFernetKey()}`)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (plaintext) => {
        const token = sealToken(plaintext, one!, NOW)
        expect(looksLikeToken(token)).toBe(true)
        expect(openToken(token, [other!, one!])).toEqual(Buffer.from(plaintext))
        expect(openToken(token, [other!])).toBeNull()
        expect(sealToken(plaintext, one!, NOW)).not.toBe(token)
      }),
    )
  })

  it('does not open with any bit changed', () => {
    const token = Buffer.from(SPEC_TOKEN, 'base64url')
    for (let bit = 8; bit < token.length * 8; bit += 1) {
      const altered = Buffer.from(token)
      altered[bit >> 3]! ^= 1 << (bit & 7)
      expect(openToken(altered.toString('base64').replaceAll('+', '-').replaceAll('/', '_'), specKeys)).toBeNull()
    }
  })

  it('of another version is refused, whoever signed it', async () => {
    const bytes = Buffer.from(SPEC_TOKEN, 'base64url')
    bytes[0] = 0x81
    const signed = bytes.subarray(0, -32)
    const hmac = createHmac('sha256', specKeys[0]!.signing).update(signed).digest()
    const token = Buffer.concat([signed, hmac]).toString('base64').replaceAll('+', '-').replaceAll('/', '_')
    expect(await codeOf(() => openToken(token, specKeys))).toBe('malformed')
  })

  it('has one spelling', async () => {
    for (const other of [SPEC_TOKEN.slice(0, -2), `${SPEC_TOKEN}=`, SPEC_TOKEN.replace('_', '/'), `${SPEC_TOKEN}\n`])
      expect(await codeOf(() => openToken(other, specKeys))).toBe('malformed')
  })
})

describe('Fernet keys', () => {
  it('are found one by one, in the lists of a MultiFernet, and in lists with quotes', () => {
    const [a, b] = [newFernetKey(), newFernetKey()]
    for (const text of [`${a},${b}`, `${a}\n${b}\n`, `["${a}", '${b}']`, ` ${a}  ${b}`])
      expect(parseFernetKeys(text)).toHaveLength(2)
    expect(parseFernetKeys(a.replaceAll('-', '+').replaceAll('_', '/'))).toHaveLength(1)
  })

  it('are nothing else of that look', () => {
    const key = newFernetKey()
    for (const text of ['', 'AGE-SECRET-KEY-1', key.slice(1), `x${key}`, `${key}=`, key.replace(/.=$/, '_=')])
      expect(parseFernetKeys(text)).toEqual([])
  })

  it('are 64 at most', () => {
    expect(parseFernetKeys(`${newFernetKey()}\n`.repeat(80))).toHaveLength(64)
  })
})

describe('a Fernet file', () => {
  const keys = parseFernetKeys(newFernetKey())
  const given = documentOf({ A: '1', B: 'x y\n"z"', EMPTY: '', UNI: 'é🔑' })

  it('is one token or a JSON object of them, and opens to the same variables', () => {
    for (const [form, seal] of [
      ['whole', sealFernetFile],
      ['json', sealFernetJson],
    ] as const) {
      const text = seal(given, keys[0]!, NOW)
      expect(fernetFormOf(text)).toBe(form)
      expect(variablesOf(openFernetFile(bytesOf(text), keys)!)).toEqual(variablesOf(given))
      expect(openFernetFile(bytesOf(text), parseFernetKeys(newFernetKey()))).toBeNull()
    }
  })

  it('of JSON has no comments and blank lines', () => {
    const text = sealFernetJson([{ kind: 'comment', text: ' x' }, { kind: 'blank' }, ...given], keys[0]!, NOW)
    expect(openFernetFile(bytesOf(text), keys)).toEqual(given)
  })

  it('may hold JSON in its token', () => {
    const token = sealToken(Buffer.from('{"A": "x", "PORT": 8080, "DEBUG": false}'), keys[0]!, NOW)
    expect(variablesOf(openFernetFile(bytesOf(token), keys)!)).toEqual({ A: 'x', PORT: '8080', DEBUG: 'false' })
  })

  it('with a value in plain text among tokens is refused by name, without the value', async () => {
    const token = sealToken(Buffer.from('x'), keys[0]!, NOW)
    const error = await refusal(() => openFernetFile(bytesOf(`{"A": "${token}", "B": "hunter2"}`), keys))
    expect(error).toMatchObject({ code: 'plaintext-value', message: 'B is not a Fernet token' })
  })

  it('of any other content is refused and never breaks the reader', () => {
    const words = fc.constantFrom('{', '}', '"A":', '"gAAAAAx"', '[', ',', 'null', 'gAAAAA', '=', '\n', '1', '\0')
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (parts) => {
        try {
          openFernetFile(bytesOf(parts.join('')), keys)
        } catch (error) {
          expect(error).toBeInstanceOf(SealwardError)
        }
      }),
    )
  })

  it('as deep as its bytes allow does not exhaust the stack', async () => {
    expect(await codeOf(() => openFernetFile(bytesOf(`{"a":${'['.repeat(500_000)}`), keys))).toBe('malformed')
  })
})
