import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readExpiries } from '../../../src/core/expiry/read-expiries.ts'
import { expiryVectors } from '../../support/vectors/expiry-vector.ts'

const MIB = 1024 * 1024
const RUNS = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1' ? 20_000 : 2000
const vectors = expiryVectors()
const anyVector = fc.constantFrom(...vectors.map(({ value }) => value))

/** A value with a piece put in, taken out or said twice: most are almost what they were. */
const altered = fc
  .tuple(anyVector, fc.nat(), fc.nat(200), fc.oneof(fc.string({ maxLength: 8 }), anyVector))
  .map(([value, place, length, inserted]) => {
    const at = place % (value.length + 1)
    return value.slice(0, at) + inserted + value.slice(at + length)
  })

/** The bytes behind the base64 of a value, with one changed: past the base64, into the lengths. */
const alteredBytes = fc.tuple(anyVector, fc.nat(), fc.integer({ min: 0, max: 255 })).map(([value, place, byte]) => {
  const runs = [...value.matchAll(/[A-Za-z0-9+/]{24,}/g)]
  const run = runs[place % Math.max(runs.length, 1)]
  if (run === undefined) return value
  const bytes = Buffer.from(run[0], 'base64')
  bytes[place % bytes.length] = byte
  return value.slice(0, run.index) + bytes.toString('base64') + value.slice(run.index + run[0].length)
})

describe('hostile values', () => {
  it('never make it throw', () => {
    fc.assert(
      fc.property(fc.oneof(altered, alteredBytes, fc.string(), fc.base64String({ maxLength: 200 })), (value) => {
        for (const { notBefore, notAfter } of readExpiries('VALUE', value))
          for (const date of [notBefore, notAfter]) expect(date === null || !Number.isNaN(date.getTime())).toBe(true)
      }),
      { numRuns: RUNS },
    )
  })

  it('never show in an answer: its words are the same for every value', () => {
    const words = new Set(vectors.flatMap(({ value }) => wordsOf(value)))
    fc.assert(
      fc.property(fc.oneof(altered, alteredBytes), (value) => {
        for (const word of wordsOf(value)) expect(isKnown(word, words)).toBe(true)
      }),
      { numRuns: RUNS / 2 },
    )
  })

  it('are not read past 1 MiB', () => {
    const [{ value } = { value: '' }] = vectors.filter(({ name }) => name === 'jwt')
    expect(readExpiries('VALUE', `${value} ${'x'.repeat(MIB - value.length - 1)}`)).toHaveLength(1)
    expect(readExpiries('VALUE', `${value} ${'x'.repeat(MIB - value.length)}`)).toEqual([])
  })

  it.each([
    ['begins of tokens', 'eyJ'],
    ['begins of tokens and their dots', 'eyJh.'],
    ['dots', 'eyJhbGciOiJIUzI1NiJ9.'],
    ['PASETO headers', 'v4.public.'],
    ['begins of certificates', 'AAAA'],
    ['begins of certificates in a row', 'AAAA '],
    ['the armor of keys that never ends', '-----BEGIN PGP PUBLIC KEY BLOCK-----\n'],
    ['ampersands', '&'],
    ['questions', '?a=b&c=d&e=f'],
    ['percent signs', '%'],
    ['brackets', '['],
    ['braces', '{"a":'],
    ['quotes', '"'],
    ['line ends', '\n'],
    ['backslashes', '\\n'],
    ['installation tokens', 'ghs_'],
    ['installation tokens, nearly', 'ghs_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.'],
    ['key ids', 'ASIA '],
    ['OAuth tokens', 'ya29.'],
    ['Salesforce, nearly', '00Daaaaaaaaaaaa!'],
    ['a packet', 'mA'],
    ['base64', 'QUFB'],
  ])('are read in linear time: %s', (_, part) => {
    const value = part.repeat(Math.floor(MIB / part.length))
    const start = performance.now()
    readExpiries('VALUE', value)
    expect(performance.now() - start).toBeLessThan(2500)
  })

  it('give at most a hundred answers', () => {
    const tokens = Array.from({ length: 300 }, (_, at) => token({ exp: at + 1 }))
    expect(readExpiries('VALUE', tokens.join(' '))).toHaveLength(100)
  })
})

function token(claims: object): string {
  const parts = [{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  return `${parts.join('.')}.`
}

function wordsOf(value: string): string[] {
  return readExpiries('VALUE', value).flatMap(({ kind, what, lives, advice }) => [kind, what, lives ?? '', advice])
}

function isKnown(word: string, words: ReadonlySet<string>): boolean {
  return (
    words.has(word) || /^an OpenPGP (?:key|subkey(?: for (?:signatures|encryption|authentication| and )+)?)$/.test(word)
  )
}
